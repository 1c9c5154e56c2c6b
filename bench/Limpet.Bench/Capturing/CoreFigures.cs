namespace Limpet.Bench.Capturing;

/// <summary>What the way over a core dump cost.</summary>
/// <param name="Written">From the request to the whole dump.</param>
/// <param name="TargetStall">The largest gap that the target's own ticker saw meanwhile.</param>
/// <param name="Bytes">Size of the dump.</param>
/// <param name="Walk">ClrMD's walk of it.</param>
internal sealed record CoreFigures(TimeSpan Written, TimeSpan TargetStall, long Bytes, WalkFigures Walk)
{
    /// <summary>From nothing to the last reference: writing, opening and walking.</summary>
    public TimeSpan Whole => Written + Walk.Attach + Walk.Walk;
}
