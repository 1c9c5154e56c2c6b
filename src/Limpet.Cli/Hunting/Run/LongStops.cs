namespace Limpet.Cli.Hunting.Run;

/// <summary>Ends a hunt whose readings stop the target for longer than was predicted and is allowed.</summary>
internal static class LongStops
{
    /// <summary>One long stop may be the machine's: memory that its host has to give back first, or another process.</summary>
    private const int InTurn = 2;

    /// <summary>Why the hunt ends, with the next step; null where the last readings give no reason.</summary>
    public static string? WhyStopped(HuntLog log, TimeSpan most)
    {
        TimeSpan[] stops = [.. log.Readings.TakeLast(InTurn).Select(reading => reading.Stall)];
        return stops.Length < InTurn || stops.Any(stop => stop <= most) ? null
            : FormattableString.Invariant($"The last {InTurn} readings stopped the target for {stops.Min().TotalSeconds:0.##} s and more, which is longer than was predicted, and than the {DurationText.Format(most)} of --max-stall. Next: a larger --max-stall.");
    }
}
