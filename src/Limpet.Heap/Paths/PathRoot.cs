namespace Limpet.Heap.Paths;

/// <summary>A root as merged paths know it: two roots of one kind and name are one.</summary>
/// <param name="Kind">What kind of place it is.</param>
/// <param name="Name">Its name in the words of the source.</param>
public sealed record PathRoot(RootKind Kind, string Name);
