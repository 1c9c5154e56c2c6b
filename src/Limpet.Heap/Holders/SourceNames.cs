using System.Collections.Immutable;

namespace Limpet.Heap.Holders;

/// <summary>
/// Turns the names of the runtime into the words of the source. Pure: from names alone, so that what a name does not tell (whether
/// a state machine is an iterator's or an async method's) is not claimed.
/// </summary>
public static class SourceNames
{
    /// <summary>Names longer than this are shortened.</summary>
    public const int LongestName = 160;

    private static readonly Dictionary<string, string> Keywords = new()
    {
        ["System.Boolean"] = "bool", ["System.Byte"] = "byte", ["System.SByte"] = "sbyte", ["System.Char"] = "char",
        ["System.Decimal"] = "decimal", ["System.Double"] = "double", ["System.Single"] = "float", ["System.Int16"] = "short",
        ["System.UInt16"] = "ushort", ["System.Int32"] = "int", ["System.UInt32"] = "uint", ["System.Int64"] = "long",
        ["System.UInt64"] = "ulong", ["System.IntPtr"] = "nint", ["System.UIntPtr"] = "nuint", ["System.Object"] = "object",
        ["System.String"] = "string", ["System.Void"] = "void",
    };

    /// <summary>A type in C# spelling: <c>Outer.Inner</c>, <c>List&lt;string&gt;</c>, <c>async OrderService.Start()</c>, <c>closure in Shop.OrderService</c>.</summary>
    public static string Type(string runtimeName)
    {
        if (TypeNameParser.Parse(runtimeName) is not { } name)
        {
            return Cut(runtimeName);
        }

        string text = AsyncMethodOf(name) ?? Render(name, int.MaxValue, int.MaxValue);
        for (int depth = 3; depth >= 0 && text.Length > LongestName; depth--)
        {
            text = Render(name, depth, 3);
        }

        return Cut(text);
    }

    /// <summary>
    /// For the box that the runtime keeps a suspended async method in: the method, such as <c>async OrderService.Start()</c>. Null for every other type.
    /// </summary>
    public static string? AsyncMethodOf(string runtimeName) =>
        runtimeName.Contains("AsyncStateMachineBox", StringComparison.Ordinal) && TypeNameParser.Parse(runtimeName) is { } name
            ? AsyncMethodOf(name)
            : null;

    /// <summary>A type that was taken apart, in C# spelling and shortened: for an argument that is named in a sentence.</summary>
    internal static string Of(TypeName name) => AsyncMethodOf(name) ?? Cut(Render(name, 2, 3));

    /// <summary>For an async method's state machine, and for the box that the runtime keeps one in, the name of the machine's type without arguments; null for every other type.</summary>
    public static string? StateMachineOf(string runtimeName)
    {
        if (!runtimeName.Contains('<', StringComparison.Ordinal) || TypeNameParser.Parse(runtimeName) is not { Suffix: "" } name)
        {
            return null;
        }

        TypeName machine = name.Parts is [.., { Name: "AsyncStateMachineBox" or "DebugFinalizableAsyncStateMachineBox", Arguments: [.., var boxed] }] ? boxed : name;
        return IsStateMachine(machine.Parts[^1]) ? machine.Definition : null;
    }

    /// <summary>A method: <c>OrderView..ctor</c>, <c>lambda in OrderService.Start</c>, <c>local function Apply in OrderService.Start</c>.</summary>
    /// <param name="runtimeType">Its declaring type.</param>
    /// <param name="runtimeName">Its name.</param>
    public static string Method(string runtimeType, string runtimeName)
    {
        TypeName? type = TypeNameParser.Parse(runtimeType);
        string method = runtimeName == "MoveNext" && type is { Parts: [.., { Made.Origin: var origin } machine] } && IsStateMachine(machine)
            ? origin
            : runtimeName;
        return Cut(MethodIn(type?.Owner ?? Type(runtimeType), method));
    }

    /// <summary>A field: <c>Name</c> for its backing field, <c>this</c> and locals for what closures and state machines hoisted. Steps of nested structs are kept.</summary>
    public static string Field(string runtimeName) =>
        runtimeName.Contains('<', StringComparison.Ordinal) ? Cut(string.Join('.', Steps(runtimeName).Select(FieldStep))) : Cut(runtimeName);

    /// <summary>A method as stacks name it: those that the compiler made in the words of the source, the others whole.</summary>
    public static string Frame(string name) =>
        name.AsSpan().ContainsAny('<', '+') && SplitMember(name) is var (type, method) ? Method(type, method) : name;

    /// <summary>Cuts a name behind the type: at the last dot outside angle brackets, where <c>..ctor</c> keeps its own.</summary>
    internal static (string Type, string Member)? SplitMember(string name)
    {
        int depth = 0;
        for (int at = name.Length - 1; at > 0; at--)
        {
            depth += name[at] switch { '>' => 1, '<' => -1, _ => 0 };
            if (name[at] == '.' && depth == 0)
            {
                int cut = name[at - 1] == '.' ? at - 1 : at;
                return cut > 0 ? (name[..cut], name[(cut + 1)..]) : null;
            }
        }

        return null;
    }

    private static string? AsyncMethodOf(TypeName name) =>
        name.Parts is [.., { Name: "AsyncStateMachineBox" or "DebugFinalizableAsyncStateMachineBox", Arguments: [.., var machine] }] && name.Suffix.Length == 0
            ? "async " + (machine.Parts is [.., { Made.Origin: { Length: > 0 } origin }] ? Call(MethodIn(machine.Owner, origin)) : Render(machine, 3, 3))
            : null;

    private static string Call(string method) => method.Contains(' ', StringComparison.Ordinal) ? method : method + "()";

    private static string MethodIn(string owner, string method) => GeneratedName.Split(method) switch
    {
        ({ Length: > 0 } origin, var role) when role.StartsWith("b__", StringComparison.Ordinal) => "lambda in " + Enclosing(owner, origin),
        ({ Length: > 0 } origin, var role) when role.StartsWith("g__", StringComparison.Ordinal) =>
            $"local function {role[3..].Split('|')[0]} in {Enclosing(owner, origin)}",
        ({ Length: > 0 } origin, "$") => Join(owner, origin),
        _ => Join(owner, method),
    };

    /// <summary>The method around a lambda; when that is a lambda or local function too, the named one around them all.</summary>
    private static string Enclosing(string owner, string origin)
    {
        while (GeneratedName.Split(origin) is ({ Length: > 0 } outer, _))
        {
            origin = outer;
        }

        return Join(owner, origin);
    }

    private static string Join(string owner, string member) => owner.Length == 0 ? member : $"{owner}.{member}";

    private static bool IsStateMachine(TypeNamePart part) =>
        part.Made is ({ Length: > 0 }, var role) && (role == "d" || role.StartsWith("d__", StringComparison.Ordinal));

    private static string Render(TypeName name, int depth, int most)
    {
        if (name.Parts is [var only] && Keywords.TryGetValue(only.Name, out string? keyword))
        {
            return keyword + name.Suffix;
        }

        int made = 0;
        while (made < name.Parts.Length && !name.Parts[made].IsCompilerMade)
        {
            made++;
        }

        string outer = string.Join('.', name.Parts[..made].Select(part => part.Name + Arguments(part.Arguments, depth, most)));
        return (made == name.Parts.Length ? outer : Made(name, outer, depth, most)) + name.Suffix;
    }

    private static string Made(TypeName name, string outer, int depth, int most)
    {
        TypeNamePart part = name.Parts[^1];
        (string origin, string role) = part.Made ?? ("", part.Name);
        string where = outer.Length == 0 ? "" : " in " + outer;
        if (IsStateMachine(part))
        {
            return "state machine of " + Call(MethodIn(name.Owner, origin));
        }

        return role switch
        {
            "c" => "lambdas" + where,
            _ when role.StartsWith("c__DisplayClass", StringComparison.Ordinal) => "closure" + where,
            _ when role.StartsWith("c__", StringComparison.Ordinal) => "lambdas" + where,
            _ when role.StartsWith("f__AnonymousType", StringComparison.Ordinal) => "anonymous type" + Arguments(part.Arguments, depth, most),
            _ when role.StartsWith("z__", StringComparison.Ordinal) => role[3..] + Arguments(part.Arguments, depth, most),
            _ => string.Join('.', name.Parts.Select(step => step.Name + Arguments(step.Arguments, depth, most))),
        };
    }

    private static string Arguments(ImmutableArray<TypeName> arguments, int depth, int most)
    {
        if (arguments.IsEmpty)
        {
            return "";
        }

        if (depth <= 0)
        {
            return "<…>";
        }

        int shown = arguments.Length > (long)most + 1 ? most : arguments.Length;
        string text = string.Join(", ", arguments[..shown].Select(argument => AsyncMethodOf(argument) ?? Render(argument, depth - 1, most)));
        return shown == arguments.Length ? $"<{text}>" : $"<{text}, … {arguments.Length - shown} more>";
    }

    private static IEnumerable<string> Steps(string name)
    {
        int start = 0;
        int depth = 0;
        for (int at = 0; at < name.Length; at++)
        {
            depth += name[at] switch { '<' => 1, '>' => -1, _ => 0 };
            if (name[at] == '.' && depth == 0)
            {
                yield return name[start..at];
                start = at + 1;
            }
        }

        yield return name[start..];
    }

    private static string FieldStep(string name) => GeneratedName.Split(name) switch
    {
        ("", "4__this") => "this",
        ("", "2__current") => "current",
        ("", "t__builder") => "builder",
        ("", var role) when role.StartsWith("3__", StringComparison.Ordinal) => role[3..],
        ("", var role) when role.StartsWith("8__", StringComparison.Ordinal) => "closure",
        ("", var role) when role.StartsWith("9__", StringComparison.Ordinal) => "cached lambda",
        ("", var role) when role.StartsWith("u__", StringComparison.Ordinal) => "awaiter",
        ("", var role) when role.StartsWith("7__wrap", StringComparison.Ordinal) => "temporary",
        ({ Length: > 0 } origin, "k__BackingField" or "P") => origin,
        ({ Length: > 0 } origin, var role) when role.StartsWith("5__", StringComparison.Ordinal) => origin,
        _ => name.StartsWith("CS$<>8__locals", StringComparison.Ordinal) ? "closure" : name,
    };

    private static string Cut(string text) => text.Length <= LongestName ? text : text[..(LongestName - 1)] + "…";
}
