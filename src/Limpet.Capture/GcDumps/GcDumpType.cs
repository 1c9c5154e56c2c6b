namespace Limpet.Capture.GcDumps;

/// <summary>A type of a <c>.gcdump</c>.</summary>
/// <param name="Name">Its name, in the spelling of the tool that wrote it.</param>
/// <param name="Size">Size of those objects that do not state their own.</param>
/// <param name="Module">Its module; null when unknown.</param>
internal sealed record GcDumpType(string Name, int Size, string? Module);
