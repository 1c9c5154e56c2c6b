using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Limpet.Resources;
using Limpet.Results;
using Limpet.Text;

namespace Limpet.Measuring;

/// <summary>What a <see cref="MemoryProfiler"/> says when a limit is passed: the figures, what else is new, and what makes them less than certain.</summary>
internal static class ProfilerMessages
{
    private const int MostLines = 20;

    public static string Memory(MemoryProfiler profiler, double limit)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"\"{profiler.Name}\": managed memory grew by {Megabytes.Signed(profiler.MemoryGrowthMb)}; the limit is {limit:0.00} MB.\n");
        text.Append(CultureInfo.InvariantCulture, $"  before:    {Megabytes.Of(profiler.Baseline.Current):0.00} MB reachable\n");
        text.Append(CultureInfo.InvariantCulture, $"  after:     {Megabytes.Of(profiler.Final.Current):0.00} MB reachable after full collections\n");
        text.Append(CultureInfo.InvariantCulture, $"  at once:   {Megabytes.Of(profiler.Immediate.Current):0.00} MB before any was forced\n");
        text.Append(CultureInfo.InvariantCulture, $"  allocated: {Megabytes.Of(new ByteSize(profiler.Final.Allocated.Bytes - profiler.Baseline.Allocated.Bytes)):0.00} MB\n");
        return Rest(text, profiler, profiler.Resources.New);
    }

    public static string Threads(MemoryProfiler profiler, int limit)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"\"{profiler.Name}\": {profiler.ThreadGrowth} threads more than before; the limit is {limit}.\n");
        text.Append(CultureInfo.InvariantCulture, $"  before: {profiler.Baseline.Threads}, after: {profiler.Final.Threads}, of the thread pool {profiler.Baseline.Counts.PoolThreads} and {profiler.Final.Counts.PoolThreads}\n");
        return Rest(text, profiler, profiler.Resources.New.OrderBy(change => change.Kind != ResourceKind.Thread));
    }

    public static ImmutableArray<string> Warnings(MemorySnapshot before, MemorySnapshot after, ResourceDifference difference)
    {
        ImmutableArray<string>.Builder warnings = ImmutableArray.CreateBuilder<string>();
        if (!before.FinalizersFinished || !after.FinalizersFinished)
        {
            warnings.Add("finalizers did not finish by their deadline: one is blocked or slow, and what waits for it was counted as reachable");
        }

        if (difference.Overlapping.Length > 0)
        {
            warnings.Add($"other measurements ran meanwhile ({Names(difference.Overlapping)}): the figures are of the whole process and cannot be attributed to one of them");
        }

        return warnings.ToImmutable();
    }

    /// <summary>Some of the names, and how many more there are.</summary>
    public static string Names(ImmutableArray<string> names)
    {
        const int Most = 5;
        string some = string.Join(", ", names.Take(Most).Select(name => Escaping.Show(name)));
        return names.Length <= Most ? some : string.Create(CultureInfo.InvariantCulture, $"{some} and {names.Length - Most} more");
    }

    private static string Rest(StringBuilder text, MemoryProfiler profiler, IEnumerable<ResourceChange> changes)
    {
        ResourceChange[] all = [.. changes];
        if (all.Length > 0)
        {
            text.Append("  new:\n");
        }

        foreach (ResourceChange change in all.Take(MostLines))
        {
            text.Append(CultureInfo.InvariantCulture, $"    {change.Growth,4} × {ChangeNames.Of(change)}\n");
        }

        if (all.Length > MostLines)
        {
            text.Append(CultureInfo.InvariantCulture, $"    and {all.Length - MostLines} more\n");
        }

        foreach (string warning in profiler.Warnings)
        {
            text.Append(CultureInfo.InvariantCulture, $"  note: {warning}\n");
        }

        return text.ToString().TrimEnd('\n');
    }
}
