using Limpet.Heap.Holders;
using Limpet.Results;

namespace Limpet.Reporting.Text;

/// <summary>Roots and methods in the words of the source.</summary>
internal static class RootText
{
    /// <summary>The root, such as <c>static field Shop.Bus.Changed</c>.</summary>
    public static string Of(TraceRoot root) => root.Kind switch
    {
        "StaticField" => "static field " + Words.Name(Member(root.Name)),
        "ThreadStatic" => "thread static field " + Words.Name(Member(root.Name)),
        "Stack" => "local or argument of " + Words.Name(Method(root.Name)),
        "StrongHandle" => Handle("strong GC handle", root.Name),
        "PinnedHandle" => Handle("pinned GC handle", root.Name),
        "AsyncPinnedHandle" => Handle("GC handle pinned for asynchronous I/O", root.Name),
        "RefCountedHandle" => Handle("reference-counted GC handle", root.Name),
        "SizedRefHandle" => Handle("sized-reference GC handle", root.Name),
        "FinalizerQueue" => "objects waiting for their finalizer",
        "RuntimeTable" => Handle("table of the runtime", root.Name),
        _ => Words.Name($"{root.Kind} {root.Name}".TrimEnd()),
    };

    /// <summary>A method as stacks name it: those that the compiler made in the words of the source, the others whole.</summary>
    public static string Method(string name)
    {
        if (!name.AsSpan().ContainsAny('<', '+') || Split(name) is not var (type, method))
        {
            return name;
        }

        return SourceNames.Method(type, method);
    }

    private static string Member(string name) =>
        name.AsSpan().ContainsAny('<', '+') && Split(name) is var (type, field)
            ? $"{SourceNames.Type(type)}.{SourceNames.Field(field)}"
            : name;

    /// <summary>Handles have no names of their own; where a capture gives words for one, those say more.</summary>
    private static string Handle(string words, string name) =>
        name.Length == 0 ? words : name.Contains(' ', StringComparison.Ordinal) ? Words.Name(name) : $"{words} {Words.Name(name)}";

    /// <summary>Cuts behind the type: at the last dot outside angle brackets, where <c>..ctor</c> keeps its own.</summary>
    private static (string Type, string Member)? Split(string name)
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
}
