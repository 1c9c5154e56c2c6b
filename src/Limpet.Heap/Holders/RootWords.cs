using Limpet.Results;

namespace Limpet.Heap.Holders;

/// <summary>What a root is called, in the words of the source. Names that come from a target are not made safe for a terminal here.</summary>
public static class RootWords
{
    /// <summary>The root in words, such as <c>static field Shop.Bus.Changed</c>.</summary>
    public static string Of(RootKind kind, string name) => Of(kind.ToString(), name);

    /// <summary>The root of a trace in words.</summary>
    public static string Of(TraceRoot root)
    {
        ArgumentNullException.ThrowIfNull(root);
        return Of(root.Kind, root.Name);
    }

    private static string Of(string kind, string name) => kind switch
    {
        nameof(RootKind.StaticField) => "static field " + Member(name),
        nameof(RootKind.ThreadStatic) => "thread static field " + Member(name),
        nameof(RootKind.Stack) => "local or argument of " + SourceNames.Frame(name),
        nameof(RootKind.StrongHandle) => Handle("strong GC handle", name),
        nameof(RootKind.PinnedHandle) => Handle("pinned GC handle", name),
        nameof(RootKind.AsyncPinnedHandle) => Handle("GC handle pinned for asynchronous I/O", name),
        nameof(RootKind.RefCountedHandle) => Handle("reference-counted GC handle", name),
        nameof(RootKind.SizedRefHandle) => Handle("sized-reference GC handle", name),
        nameof(RootKind.FinalizerQueue) => "objects waiting for their finalizer",
        nameof(RootKind.RuntimeTable) => Handle("table of the runtime", name),
        _ => $"{kind} {name}".TrimEnd(),
    };

    private static string Member(string name) =>
        name.AsSpan().ContainsAny('<', '+') && SourceNames.SplitMember(name) is var (type, field)
            ? $"{SourceNames.Type(type)}.{SourceNames.Field(field)}"
            : name;

    /// <summary>Handles have no names of their own; where a capture gives words for one, those say more.</summary>
    private static string Handle(string words, string name) =>
        name.Length == 0 ? words : name.Contains(' ', StringComparison.Ordinal) ? name : $"{words} {name}";
}
