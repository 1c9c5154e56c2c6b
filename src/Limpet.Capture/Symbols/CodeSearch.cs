using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using Limpet.Heap;
using Limpet.Heap.Code;

namespace Limpet.Capture.Symbols;

/// <summary>
/// Searches the code of one module for what is done with a method or a field. A module that does not name it is not read at all;
/// otherwise O(bytes of code), until the deadline.
/// </summary>
internal sealed class CodeSearch(ModuleCode module, Func<bool> isOver)
{
    /// <summary>Statements that hand a delegate of a method on.</summary>
    public IEnumerable<CodeUse> OfDelegate(string typeKey, string name, MethodDefinitionHandle? exact)
    {
        HashSet<int> tokens = MethodTokens(typeKey, name, exact);
        return Sites(tokens, code => code == OpCodes.Ldftn || code == OpCodes.Ldvirtftn)
            .SelectMany(site => TakersAt(site, isPointer: true))
            .Where(taken => taken.Taker.Kind is TakerKind.Argument or TakerKind.FirstArgument or TakerKind.BecomesElement or TakerKind.BecomesField)
            .Select(UseOf);
    }

    /// <summary>Statements that call something on what a field holds, directly, by reference to the field or through the property that returns it, or that assign it.</summary>
    public IEnumerable<CodeUse> OfField(string typeKey, string name)
    {
        HashSet<int> tokens = FieldTokens(typeKey, name);
        HashSet<int> getters = [];
        foreach (var taken in Sites(tokens, code => code == OpCodes.Ldfld || code == OpCodes.Ldsfld || code == OpCodes.Ldflda || code == OpCodes.Ldsflda).SelectMany(site => TakersAt(site, isPointer: false)))
        {
            if (taken.Taker.Kind == TakerKind.Returned)
            {
                (string type, string getter) = module.Names.MemberOf(taken.Method);
                if (getter.StartsWith("get_", StringComparison.Ordinal))
                {
                    getters.UnionWith(MethodTokens(type, getter, taken.Method));
                }
            }
            else if (IsOnField(taken.Taker))
            {
                yield return UseOf(taken);
            }
        }

        foreach (var taken in Sites(getters, code => code == OpCodes.Call || code == OpCodes.Callvirt).SelectMany(site => TakersAt(site, isPointer: false)).Where(taken => IsOnField(taken.Taker)))
        {
            yield return UseOf(taken);
        }

        foreach (Site site in Sites(tokens, code => code == OpCodes.Stfld || code == OpCodes.Stsfld).Where(site => !site.AfterNull))
        {
            yield return new CodeUse(module.NameOf(site.Method, site.Instruction.Offset), typeKey, CodeUse.Assign + name);
        }
    }

    /// <summary>The public property of another module's field is called by its getter, which only the field's own module shows.</summary>
    public IEnumerable<string> GettersOf(string typeKey, string name) =>
        Sites(FieldTokens(typeKey, name), code => code == OpCodes.Ldfld || code == OpCodes.Ldsfld)
            .SelectMany(site => TakersAt(site, isPointer: false))
            .Where(taken => taken.Taker.Kind == TakerKind.Returned)
            .Select(taken => module.Names.MemberOf(taken.Method).Name)
            .Where(getter => getter.StartsWith("get_", StringComparison.Ordinal))
            .Distinct();

    /// <summary>Statements that call something on what a property returns.</summary>
    public IEnumerable<CodeUse> OfGetter(string typeKey, string getter) =>
        Sites(MethodTokens(typeKey, getter, null), code => code == OpCodes.Call || code == OpCodes.Callvirt)
            .SelectMany(site => TakersAt(site, isPointer: false))
            .Where(taken => IsOnField(taken.Taker))
            .Select(UseOf);

    /// <summary>Statements that call a method.</summary>
    public IEnumerable<CodeUse> OfCall(string typeKey, string name, MethodDefinitionHandle? exact) =>
        Sites(MethodTokens(typeKey, name, exact), code => code == OpCodes.Call || code == OpCodes.Callvirt)
            .Select(site => new CodeUse(module.NameOf(site.Method, site.Instruction.Offset), typeKey, name));

    private static bool IsOnField(Taker taker) => taker.Kind is TakerKind.CalledOn or TakerKind.FirstArgument or TakerKind.ElementAssigned;

    private CodeUse UseOf((MethodDefinitionHandle Method, Taker Taker) taken)
    {
        (string type, string member) = taken.Taker.Kind is TakerKind.ElementAssigned or TakerKind.BecomesElement
            ? ("", CodeUse.Element)
            : module.Names.MemberOf(taken.Taker.Member);
        return new CodeUse(
            module.NameOf(taken.Method, taken.Taker.Offset),
            type,
            taken.Taker.Kind == TakerKind.BecomesField ? CodeUse.Assign + member : member);
    }

    private IEnumerable<(MethodDefinitionHandle Method, Taker Taker)> TakersAt(Site site, bool isPointer)
    {
        try
        {
            return ValueFlow.From(module, module.BodyOf(site.Method), site.Instruction.Next, isPointer).Distinct().Select(taker => (site.Method, taker));
        }
        catch (Exception exception) when (UnreadableFile.Explains(exception))
        {
            // One method that is no code any verifier would pass says nothing about the others.
            return [];
        }
    }

    private List<Site> Sites(HashSet<int> tokens, Func<OpCode, bool> isMeant)
    {
        List<Site> sites = [];
        if (tokens.Count == 0)
        {
            return sites;
        }

        foreach (MethodDefinitionHandle method in module.Metadata.MethodDefinitions)
        {
            if (isOver())
            {
                break;
            }

            try
            {
                ReadOnlySpan<byte> body = module.BodyOf(method);
                bool afterNull = false;
                for (int at = 0; IlBody.TryRead(body, at, out IlInstruction instruction); at = instruction.Next)
                {
                    if (instruction.Code.OperandType is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineTok
                        && tokens.Contains(instruction.Operand) && isMeant(instruction.Code))
                    {
                        sites.Add(new Site(method, instruction, afterNull));
                    }

                    afterNull = instruction.Code == OpCodes.Ldnull;
                }
            }
            catch (Exception exception) when (UnreadableFile.Explains(exception))
            {
                // Its body is not where the table says: the next method's may be.
            }
        }

        return sites;
    }

    private HashSet<int> FieldTokens(string typeKey, string name) =>
    [
        .. module.FieldsOf(typeKey, name).Select(field => MetadataTokens.GetToken(field)),
        .. References(typeKey, name),
    ];

    private HashSet<int> MethodTokens(string typeKey, string name, MethodDefinitionHandle? exact)
    {
        HashSet<int> tokens = exact is { } only
            ? [MetadataTokens.GetToken(only)]
            : [.. module.MethodsOf(typeKey, name).Select(method => MetadataTokens.GetToken(method))];
        tokens.UnionWith(References(typeKey, name));
        for (int row = 1; row <= module.Metadata.GetTableRowCount(TableIndex.MethodSpec); row++)
        {
            MethodSpecificationHandle instance = MetadataTokens.MethodSpecificationHandle(row);
            if (tokens.Contains(MetadataTokens.GetToken(module.Metadata.GetMethodSpecification(instance).Method)))
            {
                tokens.Add(MetadataTokens.GetToken(instance));
            }
        }

        return tokens;
    }

    private IEnumerable<int> References(string typeKey, string name) => module.Metadata.MemberReferences
        .Where(reference => module.Metadata.StringComparer.Equals(module.Metadata.GetMemberReference(reference).Name, name)
            && module.Names.KeyOf(module.Metadata.GetMemberReference(reference).Parent) == typeKey)
        .Select(reference => MetadataTokens.GetToken(reference));

    private readonly record struct Site(MethodDefinitionHandle Method, IlInstruction Instruction, bool AfterNull);
}
