namespace Limpet.Cli.Watching.Tree;

/// <summary>The memory of one process at the bound of a phase.</summary>
/// <param name="Phase">The phase that began or ended there: its end has the number of the next.</param>
/// <param name="Bytes">Anonymous and swapped bytes.</param>
/// <param name="Arenas">Mapped bytes in which <c>malloc</c> keeps what was freed; null when they could not be seen.</param>
internal readonly record struct MemoryLevel(int Phase, long Bytes, long? Arenas);
