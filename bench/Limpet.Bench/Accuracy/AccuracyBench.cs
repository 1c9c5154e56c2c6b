using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Limpet.Bench.Processes;

namespace Limpet.Bench.Accuracy;

/// <summary>
/// Hunts every target of a set and holds what the tool says against what the target declares. A full run of ten takes hours, so that each hunt is kept in a file
/// and a run goes on where the one before was broken off.
/// </summary>
internal sealed class AccuracyBench(AccuracyOptions options)
{
    private readonly Lock gate = new();
    private readonly List<HuntRecord> records = options.Record is { } file ? HuntRecord.Read(file) : [];
    private readonly long start = Stopwatch.GetTimestamp();

    /// <returns>0 when everything was right and as often as it was asked for, otherwise 1.</returns>
    public int Run()
    {
        Dictionary<string, TargetTruth> targets = TargetTruth.Read(options.Set, options.Only).ToDictionary(target => target.Title);
        records.RemoveAll(record => !targets.ContainsKey(record.Target) || record.Busy != options.Busy || record.Together != options.Together);
        ConcurrentQueue<TargetTruth> open = new(Open(targets.Values));
        using (BusyLoad.Start(options.Busy))
        {
            Thread[] hunters = [.. Enumerable.Range(0, options.Together).Select(_ => new Thread(() => HuntAll(open)))];
            Array.ForEach(hunters, hunter => hunter.Start());
            Array.ForEach(hunters, hunter => hunter.Join());
        }

        string report = Report(targets);
        Console.Write(report);
        if (options.Out is { } file)
        {
            File.WriteAllText(file, report);
        }

        return open.IsEmpty && records.TrueForAll(record => record.Score.IsRight) ? 0 : 1;
    }

    /// <summary>All that are still to be hunted: all once, then all again, since what changes on the machine in the course of a run must not fall on one target.</summary>
    private IEnumerable<TargetTruth> Open(IEnumerable<TargetTruth> targets)
    {
        Dictionary<string, int> done = records.CountBy(record => record.Target).ToDictionary();
        return Enumerable.Range(0, options.Times).SelectMany(time => targets.Where(target => done.GetValueOrDefault(target.Title) <= time));
    }

    private void HuntAll(ConcurrentQueue<TargetTruth> open)
    {
        while ((options.For is not { } limit || Stopwatch.GetElapsedTime(start) < limit) && open.TryDequeue(out TargetTruth? target))
        {
            HuntOutcome outcome = HuntProcess.Run(target);
            HuntScore score = HuntScore.Of(target, outcome);
            HuntRecord record = new(target.Title, options.Busy, options.Together, DateTime.UtcNow, BenchHeading.Load(), Folders.CliVersion(), outcome, score);
            lock (gate)
            {
                records.Add(record);
                if (options.Record is { } file)
                {
                    record.AppendTo(file);
                }

                Console.Error.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{target.Title}: {outcome.Verdict}, {outcome.Rounds} rounds, {outcome.Seconds:0.0} s, load {record.Load:0.0}{(score.IsRight ? "" : " WRONG: " + string.Join("; ", score.Misses))}"));
            }
        }
    }

    private string Report(Dictionary<string, TargetTruth> targets) => records.Count == 0
        ? "No target was hunted.\n"
        : AccuracyReport.Write(options, records, targets.Values.Where(target => target.Harmless).Select(target => target.Title).ToHashSet());
}
