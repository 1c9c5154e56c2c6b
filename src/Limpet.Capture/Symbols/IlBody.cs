using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Emit;

namespace Limpet.Capture.Symbols;

/// <summary>Decodes intermediate language (ECMA-335, partition III) by the runtime's own table of opcodes.</summary>
internal static class IlBody
{
    private const byte Prefix = 0xfe;
    private static readonly OpCode?[] OneByte = new OpCode?[256];
    private static readonly OpCode?[] TwoBytes = new OpCode?[256];

    static IlBody()
    {
        foreach (OpCode code in typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => field.GetValue(null)).OfType<OpCode>())
        {
            (code.Size == 1 ? OneByte : TwoBytes)[code.Value & 0xff] = code;
        }
    }

    /// <summary>The instruction at an offset; false at the end and where there is none.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, int offset, out IlInstruction instruction)
    {
        instruction = default;
        int at = offset;
        if ((uint)at >= (uint)body.Length)
        {
            return false;
        }

        OpCode? code = OneByte[body[at++]];
        if (body[at - 1] == Prefix)
        {
            code = at < body.Length ? TwoBytes[body[at]] : null;
            at++;
        }

        if (code is not { } known)
        {
            return false;
        }

        int size = SizeOf(known.OperandType, body, at);
        if (size < 0 || size > body.Length - at)
        {
            return false;
        }

        int next = at + size;
        int operand = size switch
        {
            0 => Implied(known),
            1 when known.OperandType == OperandType.ShortInlineBrTarget => next + (sbyte)body[at],
            1 => body[at],
            2 => BinaryPrimitives.ReadUInt16LittleEndian(body[at..]),
            4 when known.OperandType == OperandType.InlineBrTarget => next + BinaryPrimitives.ReadInt32LittleEndian(body[at..]),
            4 => BinaryPrimitives.ReadInt32LittleEndian(body[at..]),
            _ => 0,
        };
        instruction = new IlInstruction(offset, known, operand, next);
        return true;
    }

    private static int SizeOf(OperandType operand, ReadOnlySpan<byte> body, int at) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => at + 4 <= body.Length && BinaryPrimitives.ReadInt32LittleEndian(body[at..]) is >= 0 and < 1 << 24 and var cases ? 4 + (4 * cases) : -1,
        _ => 4,
    };

    /// <summary>The local that <c>ldloc.0</c> to <c>stloc.3</c> name without an operand.</summary>
    private static int Implied(OpCode code) =>
        code.Value >= OpCodes.Ldloc_0.Value && code.Value <= OpCodes.Ldloc_3.Value ? code.Value - OpCodes.Ldloc_0.Value
        : code.Value >= OpCodes.Stloc_0.Value && code.Value <= OpCodes.Stloc_3.Value ? code.Value - OpCodes.Stloc_0.Value
        : 0;
}
