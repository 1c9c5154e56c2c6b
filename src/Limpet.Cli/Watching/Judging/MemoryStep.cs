namespace Limpet.Cli.Watching.Judging;

/// <summary>Memory that a phase took and that did not go again.</summary>
/// <param name="Phase">The phase, counted among the named ones.</param>
/// <param name="Bytes">How much stayed.</param>
/// <param name="Arenas">How much of it lies where <c>malloc</c> also keeps what was freed.</param>
internal readonly record struct MemoryStep(int Phase, double Bytes, double Arenas)
{
    /// <summary>Whether it may be freed memory that the allocator keeps for use.</summary>
    public bool MayBeKept => Arenas >= Bytes / 2;
}
