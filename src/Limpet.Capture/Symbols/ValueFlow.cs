using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace Limpet.Capture.Symbols;

/// <summary>
/// Follows a value inside one method from where it comes onto the evaluation stack to what takes it: through copies, casts, locals and
/// the fields that the compiler makes of locals, over forward branches. What it cannot follow it does not report. Bounded in steps.
/// </summary>
internal ref struct ValueFlow
{
    private const int MostSteps = 4000;
    private const byte Other = 0;
    private const byte Value = 1;
    private const byte Pointer = 2;

    // What these give back is a part of the collection that they are called on.
    private static readonly HashSet<string> Inner = new(StringComparer.Ordinal)
    {
        "get_Item", "GetOrAdd", "GetValueOrDefault", "get_Writer", "GetOrCreateValue", "GetValue", "get_Value",
    };

    private readonly ModuleCode module;
    private readonly ReadOnlySpan<byte> body;
    private readonly Queue<(int Offset, byte[] Stack)> open = new();
    private readonly HashSet<(int Offset, int Depth)> seen = [];
    private readonly List<Taker> takers = [];
    private int steps;

    private ValueFlow(ModuleCode module, ReadOnlySpan<byte> body)
    {
        this.module = module;
        this.body = body;
    }

    /// <summary>What takes the value that lies on top of the stack at <paramref name="offset"/>.</summary>
    /// <param name="module">The module.</param>
    /// <param name="body">The method's instructions.</param>
    /// <param name="offset">The instruction behind the one that pushed the value.</param>
    /// <param name="isPointer">Whether it is a pointer to a method, of which a delegate is made.</param>
    public static List<Taker> From(ModuleCode module, ReadOnlySpan<byte> body, int offset, bool isPointer)
    {
        ValueFlow flow = new(module, body);
        flow.open.Enqueue((offset, [isPointer ? Pointer : Value]));
        while (flow.open.TryDequeue(out var next) && flow.steps < MostSteps)
        {
            flow.Follow(next.Offset, [.. next.Stack]);
        }

        return flow.takers;
    }

    private void Follow(int offset, List<byte> stack)
    {
        while (stack.Exists(slot => slot != Other) && steps++ < MostSteps && seen.Add((offset, stack.Count)) && IlBody.TryRead(body, offset, out IlInstruction instruction))
        {
            OpCode code = instruction.Code;
            offset = instruction.Next;
            switch (code.FlowControl)
            {
                case FlowControl.Branch:
                    if (instruction.Operand < instruction.Next)
                    {
                        return;
                    }

                    offset = instruction.Operand;
                    break;
                case FlowControl.Cond_Branch:
                    Pop(stack, Pops(code));
                    if (code.OperandType != OperandType.InlineSwitch && instruction.Operand > offset)
                    {
                        open.Enqueue((instruction.Operand, [.. stack]));
                    }

                    break;
                case FlowControl.Return:
                    if (stack.Count > 0 && stack[^1] == Value)
                    {
                        takers.Add(new Taker(instruction.Offset, TakerKind.Returned, default));
                    }

                    return;
                case FlowControl.Throw:
                    return;
                default:
                    Apply(instruction, stack);
                    break;
            }
        }
    }

    private void Apply(IlInstruction instruction, List<byte> stack)
    {
        OpCode code = instruction.Code;
        if (code == OpCodes.Dup)
        {
            stack.Add(stack.Count > 0 ? stack[^1] : Other);
        }
        else if (code == OpCodes.Call || code == OpCodes.Callvirt || code == OpCodes.Newobj)
        {
            Call(instruction, stack);
        }
        else if (code == OpCodes.Calli)
        {
            var (arguments, _, returns) = module.Names.ShapeOf(MetadataTokens.EntityHandle(instruction.Operand));
            Pop(stack, arguments + 1);
            Push(stack, returns ? 1 : 0);
        }
        else if (code == OpCodes.Castclass || code == OpCodes.Isinst || code == OpCodes.Unbox_Any)
        {
            // The same object.
        }
        else
        {
            byte[] taken = Pop(stack, Pops(code));
            Push(stack, Pushes(code));
            Take(instruction, taken);
        }
    }

    private void Take(IlInstruction instruction, byte[] taken)
    {
        int index = Array.IndexOf(taken, Value);
        if (index < 0)
        {
            return;
        }

        string name = instruction.Code.Name ?? "";
        bool isLast = index == taken.Length - 1;
        if (name.StartsWith("stloc", StringComparison.Ordinal))
        {
            FollowLocal(instruction);
        }
        else if (name is "stfld" or "stsfld" && isLast)
        {
            StoreField(instruction);
        }
        else if (name.StartsWith("stelem", StringComparison.Ordinal))
        {
            takers.Add(new Taker(instruction.Offset, isLast ? TakerKind.BecomesElement : TakerKind.ElementAssigned, default));
        }
        else if (name == "ldelema" && index == 0)
        {
            takers.Add(new Taker(instruction.Offset, TakerKind.ElementAssigned, default));
        }
    }

    private void StoreField(IlInstruction instruction)
    {
        EntityHandle field = MetadataTokens.EntityHandle(instruction.Operand);
        string name = module.Names.MemberOf(field).Name;
        if (name.StartsWith('<') && !name.StartsWith("<>9__", StringComparison.Ordinal) && !name.EndsWith("k__BackingField", StringComparison.Ordinal))
        {
            FollowField(instruction);
        }
        else if (!name.StartsWith("<>9__", StringComparison.Ordinal))
        {
            takers.Add(new Taker(instruction.Offset, TakerKind.BecomesField, field));
        }
    }

    private void Call(IlInstruction instruction, List<byte> stack)
    {
        EntityHandle member = MetadataTokens.EntityHandle(instruction.Operand);
        bool isNew = instruction.Code == OpCodes.Newobj;
        var (arguments, hasThis, returns) = module.Names.ShapeOf(member);
        hasThis &= !isNew;
        byte[] taken = Pop(stack, isNew ? arguments - 1 : arguments);
        byte result = Other;
        if (isNew && taken is [.., Pointer])
        {
            result = Value;
        }
        else
        {
            for (int index = 0; index < taken.Length; index++)
            {
                if (taken[index] == Value)
                {
                    TakerKind kind = index > 0 || isNew ? TakerKind.Argument : hasThis ? TakerKind.CalledOn : TakerKind.FirstArgument;
                    takers.Add(new Taker(instruction.Offset, kind, member));
                    if (index == 0 && !isNew && Inner.Contains(module.Names.MemberOf(member).Name))
                    {
                        result = Value;
                    }
                }
            }
        }

        if (returns || isNew)
        {
            stack.Add(result);
        }
    }

    /// <summary>The value is in a local: each later use of the local is one of the value, until it is assigned again.</summary>
    private void FollowLocal(IlInstruction store)
    {
        for (int at = store.Next; IlBody.TryRead(body, at, out IlInstruction next); at = next.Next)
        {
            string name = next.Code.Name ?? "";
            if (next.Operand != store.Operand)
            {
                continue;
            }

            if (name.StartsWith("stloc", StringComparison.Ordinal) || name.StartsWith("ldloca", StringComparison.Ordinal))
            {
                return;
            }

            if (name.StartsWith("ldloc", StringComparison.Ordinal))
            {
                open.Enqueue((next.Next, [Value]));
            }
        }
    }

    /// <summary>The same for a local that became a field of a closure or state machine.</summary>
    private void FollowField(IlInstruction store)
    {
        for (int at = store.Next; IlBody.TryRead(body, at, out IlInstruction next); at = next.Next)
        {
            if (next.Operand == store.Operand && next.Code == OpCodes.Stfld)
            {
                return;
            }

            if (next.Operand == store.Operand && next.Code == OpCodes.Ldfld)
            {
                open.Enqueue((next.Next, [Value]));
            }
        }
    }

    /// <summary>Takes so many values off; those under what is followed are none of ours.</summary>
    private static byte[] Pop(List<byte> stack, int count)
    {
        byte[] taken = new byte[Math.Max(0, count)];
        for (int index = taken.Length - 1; index >= 0 && stack.Count > 0; index--)
        {
            taken[index] = stack[^1];
            stack.RemoveAt(stack.Count - 1);
        }

        return taken;
    }

    private static void Push(List<byte> stack, int count)
    {
        for (int pushed = 0; pushed < count; pushed++)
        {
            stack.Add(Other);
        }
    }

    private static int Pops(OpCode code) => code.StackBehaviourPop switch
    {
        StackBehaviour.Pop0 or StackBehaviour.Varpop => 0,
        StackBehaviour.Pop1 or StackBehaviour.Popi or StackBehaviour.Popref => 1,
        StackBehaviour.Popi_popi_popi or StackBehaviour.Popref_popi_popi or StackBehaviour.Popref_popi_popi8 or StackBehaviour.Popref_popi_popr4
            or StackBehaviour.Popref_popi_popr8 or StackBehaviour.Popref_popi_popref or StackBehaviour.Popref_popi_pop1 => 3,
        _ => 2,
    };

    private static int Pushes(OpCode code) => code.StackBehaviourPush switch
    {
        StackBehaviour.Push0 or StackBehaviour.Varpush => 0,
        StackBehaviour.Push1_push1 => 2,
        _ => 1,
    };
}
