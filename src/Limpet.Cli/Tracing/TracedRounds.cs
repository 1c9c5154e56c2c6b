using System.Collections.Immutable;
using System.Text.Json;
using Limpet.Cli.Hunting.Findings;
using Limpet.Cli.Hunting.Run;
using Limpet.Reporting.Json;
using Limpet.Results;
using Limpet.Verdicts;

namespace Limpet.Cli.Tracing;

/// <summary>The rounds of a check whose operations the test library drives in its own process: the same readings, verdict and findings as those of a hunt.</summary>
internal sealed class TracedRounds
{
    private readonly TargetReader reader;
    private readonly HuntLog log = new(DriveMode.Operations);
    private readonly VerdictOptions options;

    public TracedRounds(TargetReader reader, JsonElement request)
    {
        this.reader = reader;
        options = VerdictOptions.Quick with
        {
            Warmup = request.GetProperty("warmup").GetInt32(),
            MinimumRounds = request.GetProperty("minimumRounds").GetInt32(),
            MinimumOperations = request.GetProperty("minimumOperations").GetInt64(),
        };
    }

    /// <summary>Reads the process after a round, and says whether more rounds could decide what is undecided.</summary>
    public async Task<Action<Utf8JsonWriter>> AddAsync(JsonElement request, CancellationToken cancellation)
    {
        SettledReading reading = await reader.ReadAsync(cancellation);
        log.Add(
            new Round(
                Enum.Parse<RoundKind>(request.GetProperty("kind").GetString()!),
                request.GetProperty("operations").GetInt64(),
                request.GetProperty("failed").GetInt64(),
                TimeSpan.FromSeconds(request.GetProperty("atSeconds").GetDouble()),
                TimeSpan.FromSeconds(request.GetProperty("durationSeconds").GetDouble())),
            reading);
        Judgement[] open = log.History.Count(RoundKind.Dose) == 0
            ? []
            : [.. JudgedRun.Of(log, options, budgetUsedUp: false).Deciding.Where(judgement => judgement.NeedsMoreRounds && judgement.Metric is not (Metric.NativeBytes or Metric.Threads))];
        return json =>
        {
            json.WriteBoolean("needsMoreRounds", open.Length > 0);
            json.OptionalText("wanted", open.Max(judgement => judgement.Wanted)?.ToString());
            json.WriteBoolean("wantsSilence", open.Any(judgement => judgement.WantsSilence));
        };
    }

    /// <summary>Whether something grows with the operations, and how slowly: then the test library repeats it before it is judged.</summary>
    public Action<Utf8JsonWriter> Growth(JsonElement request)
    {
        Judgement[] growing = [.. JudgedRun.Of(log, options, request.GetProperty("budgetUsedUp").GetBoolean()).Deciding.Where(judgement => judgement.Shape == GrowthShape.Growing)];
        return json =>
        {
            json.WriteBoolean("grows", growing.Length > 0);
            if (RepeatPlan.Slowest(growing, metric => metric == Metric.NativeBytes) is { } slowest)
            {
                json.WriteNumber("slowest", slowest);
            }
        };
    }

    /// <summary>The findings and the verdict of the rounds so far.</summary>
    public Action<Utf8JsonWriter> Judge(JsonElement request, CancellationToken cancellation)
    {
        bool budgetUsedUp = request.GetProperty("budgetUsedUp").GetBoolean();
        JudgedRun judged = JudgedRun.Of(log, options, budgetUsedUp);
        var evidence = new HuntEvidence(log, judged, reader.Last, ImmutableDictionary<string, (long Immediate, long Natural)>.Empty)
        {
            Collects = reader.CanCollect,
            Sockets = reader.ReadSockets(),
            Stacks = judged.Counters.GetValueOrDefault(Metric.Threads) is { Grows: true } ? reader.Live.CaptureStacks() : [],
        };
        cancellation.ThrowIfCancellationRequested();
        ImmutableArray<Finding> all = new HuntFindings(evidence).Build();

        // Who drives the operation runs other tests too: what grows without it is not its.
        Finding[] findings = [.. all.Where(finding => finding.PerSecond is null)];
        Judgement[] deciding = [.. Open(judged).Where(judgement => judgement.Metric != Metric.NativeBytes || judgement.Grows)];
        RunVerdict verdict = RunJudge.Judge(log.History, findings, deciding, options, budgetUsedUp);
        return json =>
        {
            json.WriteString("verdict", verdict.Verdict.ToString());
            json.WriteString("reason", verdict.Reason);
            json.Objects("findings", findings, TracedFinding.Write);
            json.Texts("warnings", all.Where(finding => finding.PerSecond is not null).Select(finding => $"{finding.Subject} grows with time, whether the operation runs or not: {finding.Confidence}"));
            json.Texts("blindSpots",
            [
                .. new UncountedArrays(new PlanOptions { Verdict = options }, "LeakCheckOptions.Operations =").Of(log, judged),
                .. new Assumptions("LeakCheckOptions.Budget").OfCaches(judged, all),
            ]);
        };
    }

    private static IEnumerable<Judgement> Open(JudgedRun judged) => judged.Deciding.Where(judgement => judgement.Shape != GrowthShape.GrowingWithTime);
}
