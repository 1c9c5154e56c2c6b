namespace Limpet.Resources;

/// <summary>One open descriptor.</summary>
/// <param name="Number">Its number in the process.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Target">What it refers to, as the kernel writes it: a path, <c>socket:[4711]</c>. Chosen by the target: escape before showing.</param>
public sealed record Descriptor(int Number, DescriptorKind Kind, string Target);
