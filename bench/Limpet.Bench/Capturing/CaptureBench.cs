using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Limpet.Bench.Processes;

namespace Limpet.Bench.Capturing;

/// <summary>What a capture costs, beside a bare copy of the heap and beside ClrMD, all of the same heap in the same run.</summary>
internal static class CaptureBench
{
    /// <summary>The peer runs with the runtime's defaults, not with the settings of this program.</summary>
    public static readonly IReadOnlyDictionary<string, string> Defaults = new Dictionary<string, string>(StringComparer.Ordinal) { ["DOTNET_TieredPGO"] = "1", ["DOTNET_gcConcurrent"] = "1" };

    public static int Run(int objects, string heap, int repeat, bool withCore)
    {
        BenchHeading.Write($"{heap} heap", MachineMemory.Describe());
        if (Folders.Configuration != "release")
        {
            Console.WriteLine("These figures do not count: build with -c Release.");
        }

        using BenchTarget target = BenchTarget.Start(objects, heap);
        using CorePeer? core = withCore ? new CorePeer() : null;
        if (withCore)
        {
            // Said before minutes are spent on the rest.
            CorePeer.RequireRoom(target);
        }

        var results = new BenchResults(target.Truth);
        for (int time = 1; time <= repeat; time++)
        {
            // One after the other in every repetition, so that a slow minute of the machine meets all of them.
            target.WarmMachine();
            results.Captures.Add(Capture(target));
            results.Copies.Add(Copy(target));
            target.WarmMachine();
            results.Snapshots.Add(SnapshotRun.Of(target.Id));
            target.WarmMachine();
            results.Walks.Add(Walk(target, "clrmd"));
            results.ObjectWalks.Add(Walk(target, "clrmd-objects"));
            if (core is not null)
            {
                results.Cores.Add(core.Measure(target));
            }

            Console.WriteLine(results.DescribeLast(time));
        }

        Console.WriteLine();
        Row[] rows = [.. results.Rows(), .. new WholeWay(results, objects >= WholeWay.LargeHeap).Rows()];
        Table.Print(rows);
        Row[] bounds = [.. rows.Where(row => row.HasBound)];
        Console.WriteLine($"\n{bounds.Count(row => row.Met == true)} of {bounds.Length} bounds met, {bounds.Count(row => row.Met is null)} not measured.");
        foreach (string reason in results.Snapshots.Select(run => run.WhyNot).OfType<string>().Distinct())
        {
            Console.WriteLine($"Not measured: {reason}");
        }

        return bounds.All(row => row.Met == true) ? 0 : 1;
    }

    private static CaptureFigures Capture(BenchTarget target)
    {
        using LineProcess process = Measure("capture", target);
        process.ReadLine();
        target.LargestGap();
        CaptureFigures figures = JsonSerializer.Deserialize<CaptureFigures>(process.Ask("go"))!;
        return figures with { TargetStall = target.LargestGap() };
    }

    private static CopyFigures Copy(BenchTarget target)
    {
        using LineProcess process = Measure("copy", target);
        return JsonSerializer.Deserialize<CopyFigures>(process.ReadLine())!;
    }

    private static WalkFigures Walk(BenchTarget target, string how)
    {
        target.LargestGap();
        long start = Stopwatch.GetTimestamp();
        using LineProcess process = Measure(how, target, Defaults);
        WalkFigures figures = JsonSerializer.Deserialize<WalkFigures>(process.ReadLine())!;
        process.AwaitEnd();
        return figures with { WholeProcess = Stopwatch.GetElapsedTime(start), TargetStall = target.LargestGap() };
    }

    private static LineProcess Measure(string what, BenchTarget target, IReadOnlyDictionary<string, string>? environment = null) =>
        LineProcess.Start(Folders.BenchDll, ["measure", what, target.Id.ToString(CultureInfo.InvariantCulture)], environment);
}
