using System.Diagnostics;
using System.Globalization;
using Limpet.Cli.Watching;
using Limpet.Cli.Watching.Tree;

namespace Limpet.Bench.Watching;

/// <summary>As many readings of a tree as <c>limpet watch</c> takes in 24 hours, one right after the other, by its own code.</summary>
internal static class DayMeasurement
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    /// <summary>Prints the most memory that this process has had.</summary>
    public static int Run(int pid)
    {
        using WatchTree tree = new(pid, isOwnChild: false);
        WatchCourse course = new(tree, WatchRun.Period, maxRss: null);
        long ticks = (long)(Day / WatchRun.Period);
        for (long tick = 0; tick < ticks; tick++)
        {
            course.Note(tree.Tick(again: tick % Every(DetailReadings.Period) == 0, descriptors: tick % Every(WatchRun.DescriptorPeriod) == 0));
            course.Count(WatchRun.Period);
        }

        using Process self = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{self.PeakWorkingSet64} {course.Samples}"));
        return tree.RootAlive ? 0 : 1;
    }

    private static long Every(TimeSpan time) => (long)(time / WatchRun.Period);
}
