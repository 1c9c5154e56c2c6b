namespace Limpet.Heap.Holders;

/// <summary>What a root is called in a sentence.</summary>
public static class RootWords
{
    /// <summary>The root in words, such as <c>static field Shop.Bus.Changed</c>.</summary>
    public static string Of(RootKind kind, string name) => $"{Of(kind)} {name}".TrimEnd();

    /// <summary>The kind of root in words.</summary>
    public static string Of(RootKind kind) => kind switch
    {
        RootKind.StaticField => "static field",
        RootKind.ThreadStatic => "thread static field",
        RootKind.StrongHandle => "strong handle",
        RootKind.PinnedHandle => "pinned handle",
        RootKind.AsyncPinnedHandle => "async pinned handle",
        RootKind.RefCountedHandle => "reference-counted handle",
        RootKind.SizedRefHandle => "sized-reference handle",
        RootKind.Stack => "stack of",
        RootKind.FinalizerQueue => "finalizer queue",
        RootKind.RuntimeTable => "runtime table",
        _ => kind.ToString(),
    };
}
