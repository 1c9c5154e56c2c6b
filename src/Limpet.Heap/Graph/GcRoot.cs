namespace Limpet.Heap;

/// <summary>A root: a place outside the heap, or a static slot in it, from which the garbage collector starts.</summary>
/// <param name="Target">The object it refers to.</param>
/// <param name="Kind">What kind of place it is.</param>
/// <param name="Name">Its name in the words of the source, such as <c>Shop.Bus.Changed</c> or <c>Shop.Program.Main(string[])</c>.</param>
public sealed record GcRoot(NodeIndex Target, RootKind Kind, string Name)
{
    /// <summary>Managed id of the thread, for stacks and thread statics; else 0.</summary>
    public int ThreadId { get; init; }

    /// <summary>For a stack the method whose frame it is, where that is known.</summary>
    public MethodName? Method { get; init; }
}
