using System.Collections.Immutable;
using System.Diagnostics;
using Limpet.Capture.Live;
using Limpet.Cli.Hunting.Drivers;
using Limpet.Cli.Hunting.Findings;
using Limpet.Cli.Hunting.Target;
using Limpet.Resources;
using Limpet.Results;
using Limpet.Text;
using Limpet.Verdicts;

namespace Limpet.Cli.Hunting.Run;

/// <summary>
/// A hunt from beginning to end: start the target, drive a round, take a settled reading, and again until the numbers decide.
/// Whatever ends it early, what was measured so far is in the result.
/// </summary>
internal sealed class HuntRun(HuntOptions options, IHuntProgress progress)
{
    /// <summary>How long an end may take to be noted: of what another process started it is only known when that one has ended too.</summary>
    private static readonly TimeSpan EndIsSeen = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan NaturalWait = TimeSpan.FromMilliseconds(500);
    private readonly DateTimeOffset startedAt = DateTimeOffset.Now;
    private readonly long started = Stopwatch.GetTimestamp();
    private readonly HuntLog log = new(options.Driver is DriverOptions.Idle ? DriveMode.Time : DriveMode.Operations);
    private readonly PlanOptions plan = options.ToPlan();
    private readonly List<Finding> hangs = [];
    private readonly List<string> warnings = [];
    private readonly SortedSet<string> blindSpots = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> failures = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (long Immediate, long Natural)> unsettled = new(StringComparer.Ordinal);
    private OperationCount unmeasured = new(0, 0);
    private string? stopped;
    private bool budgetUsedUp;

    /// <summary>How the target ended, when it did so by itself during the hunt.</summary>
    public TargetExit? TargetExit { get; private set; }

    /// <summary>All operations, those of a round that was never read included.</summary>
    private OperationCount Operations => new(log.History.Operations.Done + unmeasured.Done, log.History.Operations.Failed + unmeasured.Failed);

    /// <summary>Runs the hunt.</summary>
    /// <exception cref="LimpetException">Nothing could be measured: the target cannot be started, reached or read.</exception>
    public async Task<HuntResult> RunAsync(Action<OutputLine>? output, CancellationToken cancellation)
    {
        await using HuntTarget target = HuntTarget.Open(options, output);
        progress.Step("waiting until the target is ready");
        switch (await Readiness.WaitAsync(target, options.Ready, options.Process, cancellation))
        {
            case ReadinessOutcome.TargetEnded ended:
                NoteExit(ended.Exit);
                return Finish(null, null, $"The target {ended.Exit.Fact} before it was ready.");
            case ReadinessOutcome.DeadlinePassed passed:
                return NotReady(passed);
        }

        DotNetProcess program = target.Program!;
        TargetReader attached;
        try
        {
            attached = new TargetReader(program.Pid);
        }
        catch (LimpetException) when (target.Exited.Wait(EndIsSeen, CancellationToken.None))
        {
            NoteExit(await target.Exited);
            return Finish(null, null, $"The target {TargetExit!.Fact} while Limpet attached to it.");
        }

        using TargetReader reader = attached;

        // Once more: the diagnostics port opens a little later than the runtime starts.
        program = ProcessReaders.DotNet.Detect(program.Pid) ?? program;
        Accept(reader, program);
        using IDriver driver = DriverFactory.Create(options, target);
        await DriveRoundsAsync(target, reader, driver, cancellation);
        if (reader.CanCollect && stopped is null && HangFindings.OfFinalizerThread(log, reader.Live) is { } stuck)
        {
            hangs.Add(stuck);
        }

        return Finish(program, reader, null);
    }

    private HuntResult NotReady(ReadinessOutcome.DeadlinePassed passed)
    {
        using LiveTarget? live = passed.Program is { RuntimeStarted: true } program ? LiveTarget.Attach(program.Pid) : null;
        hangs.Add(HangFindings.Of("readiness", passed.Missing, live));
        return Finish(passed.Program, null, null);
    }

    private void Accept(TargetReader reader, DotNetProcess program)
    {
        StallPredictionCheck.Require(reader.Live.Prediction, options.MaxStall);
        progress.Predicted(reader.Live.Prediction);
        reader.UseDiagnostics(program);
        if (!reader.CanCollect)
        {
            blindSpots.Add($"No collection could be induced: {program.Diagnostics.Detail ?? "the diagnostics port is not there"}. Objects are told live from dead all the same; descriptors, threads and memory that wait for a finalizer are not.");
        }
    }

    private async Task DriveRoundsAsync(HuntTarget target, TargetReader reader, IDriver driver, CancellationToken cancellation)
    {
        long begin = Stopwatch.GetTimestamp();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _ = target.Exited.ContinueWith(_ => Cancel(ended), TaskScheduler.Default);
        TimeSpan perOperation = TimeSpan.Zero;
        TimeSpan perReading = TimeSpan.Zero;
        bool readThrice = false;
        try
        {
            DescriptorRoom room = DescriptorRoom.Of(reader.Pid);
            while (true)
            {
                IReadOnlyCollection<Judgement> judgements = log.History.Count(RoundKind.Dose) == 0 ? [] : JudgedRun.Of(log, plan.Verdict, budgetUsedUp: false).Deciding;
                PlannerStep step = RoundPlanner.Next(log.History, judgements, plan with { LargestRound = DescriptorRoom.LargestRound(room.OperationsLeft(log), plan.LargestRound) }, new RunCosts(Stopwatch.GetElapsedTime(begin), perOperation, perReading));
                if (step is StopRun stop)
                {
                    budgetUsedUp = stop.BudgetUsedUp;
                    if (readThrice)
                    {
                        return;
                    }

                    // The last round is one more reading, and may undo what the ones before it proved.
                    await TakeThreeReadingsAsync(driver, reader, begin, ended.Token);
                    if (hangs.Count > 0)
                    {
                        return;
                    }

                    readThrice = true;
                    continue;
                }

                var next = (NextRound)step;
                readThrice = false;
                if (next.Operations > room.OperationsLeft(log))
                {
                    // No more can be done, which is what a budget that is used up means.
                    budgetUsedUp = true;
                    warnings.Add(room.WhyStopped(log, next.Operations));
                    return;
                }

                StretchResult driven = await DriveAsync(driver, next, ended.Token);
                if (driven.DeadlinePassed)
                {
                    NoteHang(reader, ended.Token);
                    return;
                }

                ended.Token.ThrowIfCancellationRequested();
                long reading = Stopwatch.GetTimestamp();
                SettledReading settled = await reader.ReadAsync(ended.Token);
                perReading = Stopwatch.GetElapsedTime(reading);
                perOperation = driven.Done + driven.Failed > 0 && next.Operations > 0 ? driven.Duration / (driven.Done + driven.Failed) : perOperation;
                bool counts = log.History.Mode == DriveMode.Operations && next.Operations > 0;
                var round = new Round(next.Kind, counts ? driven.Done : 0, driven.Failed, Stopwatch.GetElapsedTime(begin), driven.Duration) { Paused = driven.Paused };
                Add(round, settled);
                Note(settled, reader);
                stopped = LongStops.WhyStopped(log, options.MaxStall);
                if (stopped is not null)
                {
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (target.Exited.IsCompleted || cancellation.IsCancellationRequested)
        {
            await NoteEndAsync(target, cancellation);
        }
        catch (LimpetException exception) when (target.Exited.Wait(EndIsSeen, CancellationToken.None) || log.Readings.Count > 0)
        {
            if (target.Exited.IsCompleted || cancellation.IsCancellationRequested)
            {
                await NoteEndAsync(target, cancellation);
            }
            else
            {
                stopped = exception.Message;
            }
        }
    }

    /// <summary>Stacks may be refused at such a moment; that there was no answer stays true.</summary>
    private void NoteHang(TargetReader reader, CancellationToken cancellation)
    {
        string fact = $"an operation had no answer within {DurationText.Format(options.Timeout)}, after {Operations.Done} that had";
        try
        {
            hangs.Add(HangFindings.Of("operation", fact, reader, cancellation));
        }
        catch (LimpetException exception)
        {
            hangs.Add(HangFindings.Of("operation", fact, live: null));
            blindSpots.Add($"What the threads of the target did when it did not answer: {exception.Message}");
        }
    }

    /// <summary>
    /// One more round for what leaks, read three times: at once, after a while without a collection, and settled. The first two count
    /// what an observer sees who does not collect; the third is what stays.
    /// </summary>
    private async Task TakeThreeReadingsAsync(IDriver driver, TargetReader reader, long begin, CancellationToken cancellation)
    {
        Round? model = log.History.Rounds.LastOrDefault(round => round.Kind == RoundKind.Base);
        JudgedRun judged = JudgedRun.Of(log, plan.Verdict, budgetUsedUp);
        string[] types = [.. HuntFindings.GrowingRoots(judged).Select(root => root.Subject.Path.Type).Distinct()];
        if (types.Length == 0 || model is null || log.History.Mode == DriveMode.Time || model.Operations > DescriptorRoom.Of(reader.Pid).OperationsLeft(log))
        {
            return;
        }

        progress.Step("a last round, read at once, naturally and settled");
        StretchResult driven = await DriveAsync(driver, new NextRound(RoundKind.Base, Math.Max(1, model.Operations), TimeSpan.Zero), cancellation);
        if (driven.DeadlinePassed)
        {
            NoteHang(reader, cancellation);
            return;
        }

        HeapView atOnce = reader.Capture(cancellation);
        var immediate = types.ToDictionary(type => type, atOnce.CountOfType);
        await Task.Delay(NaturalWait, cancellation);
        HeapView later = reader.Capture(cancellation);
        foreach (string type in types)
        {
            unsettled[type] = (immediate[type], later.CountOfType(type));
        }

        SettledReading settled = await reader.ReadAsync(cancellation);
        Add(new Round(RoundKind.Base, driven.Done, driven.Failed, Stopwatch.GetElapsedTime(begin), driven.Duration), settled);
    }

    private void Add(Round round, SettledReading reading)
    {
        log.Add(round, reading);
        unmeasured = new OperationCount(0, 0);
        progress.RoundDone(round, reading);
    }

    private async Task NoteEndAsync(HuntTarget target, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
        {
            stopped = "The hunt was interrupted.";
            return;
        }

        TargetExit exit = await target.Exited;
        NoteExit(exit);
        stopped = $"The target {exit.Fact} after {Operations.Done} operations, in round {log.Readings.Count + 1}.";
    }

    /// <summary>What a target wrote last often says why it ended.</summary>
    private void NoteExit(TargetExit exit)
    {
        TargetExit = exit;
        warnings.AddRange(exit.LinesToShow(!options.NoRedact).Select(line => $"The target's last output: {line}"));
    }

    private async Task<StretchResult> DriveAsync(IDriver driver, NextRound next, CancellationToken cancellation)
    {
        if (next.Operations == 0)
        {
            progress.Step(FormattableString.Invariant($"silent for {next.Stretch.TotalSeconds:0.#} s"));
            long start = Stopwatch.GetTimestamp();
            await Task.Delay(next.Stretch, cancellation);
            return new StretchResult(0, 0, [], Stopwatch.GetElapsedTime(start), false, false);
        }

        string pauses = next.Stretch > TimeSpan.Zero ? FormattableString.Invariant($" with pauses of {next.Stretch.TotalSeconds:0.#} s in all") : "";
        progress.Step($"{next.Kind.ToString().ToLowerInvariant()} round, {next.Operations} operations{pauses}");
        StretchResult driven = await Stretch.DriveAsync(driver, next.Operations, next.Stretch, options.Concurrency, options.Timeout, cancellation);
        foreach (FailureCount failure in driven.Failures)
        {
            failures[failure.Reason] = failures.GetValueOrDefault(failure.Reason) + failure.Count;
        }

        unmeasured = new OperationCount(driven.Done, driven.Failed);
        return driven;
    }

    private void Note(SettledReading reading, TargetReader reader)
    {
        if (reader.Last?.Capture.Graph.IncompleteReason is { } incomplete)
        {
            warnings.Add($"Round {log.Readings.Count}: {incomplete}.");
        }

        foreach (ReadingRefusal refusal in reading.Settled.Refusals)
        {
            blindSpots.Add(refusal.ToString());
        }
    }

    private HuntResult Finish(DotNetProcess? program, TargetReader? reader, string? notRun)
    {
        ImmutableArray<Finding> findings = [.. hangs];
        IReadOnlyCollection<Judgement> deciding = [];
        ImmutableHashSet<string> explained = [];
        if (log.Readings.Count > 0)
        {
            JudgedRun judged = JudgedRun.Of(log, plan.Verdict, budgetUsedUp || stopped is not null);
            blindSpots.UnionWith(new UncountedArrays(plan, "--operations").Of(log, judged));
            HuntFindings found = new(EvidenceOf(judged, reader));
            findings = [.. findings, .. found.Build()];
            deciding = judged.Deciding;
            explained = found.Explained;
            Assumptions assumptions = new("--budget");
            blindSpots.UnionWith([.. assumptions.OfCaches(judged, findings), .. assumptions.OfNativeSteps(judged), .. Assumptions.OfDeepPlaces(judged, log)]);
        }

        RunVerdict verdict = RunJudge.Judge(log.History, findings, [.. deciding.Where(judgement => !explained.Contains(judgement.Metric))], plan.Verdict, budgetUsedUp, notRun);
        if (stopped is not null)
        {
            // A run that was cut short proves no absence, whatever it saw until then.
            Absence none = new(Operations.Done == 0 && log.Readings.Count == 0 ? Verdict.NotRun : Verdict.Inconclusive, stopped);
            verdict = verdict.Verdict is Verdict.Leak or Verdict.Hang ? verdict with { Otherwise = none } : new RunVerdict(none.Verdict, none.Reason);
        }

        foreach ((string reason, long count) in failures)
        {
            warnings.Add($"{count} {(count == 1 ? "operation" : "operations")} failed: {reason}");
        }

        return new HuntResult
        {
            StartedAt = startedAt,
            DurationSeconds = Math.Round(Stopwatch.GetElapsedTime(started).TotalSeconds, 3),
            Target = program is null ? new TargetInfo(options.Pid, Shown(options.Command), null) : new TargetInfo(program.Pid, Shown(program.CommandLine), reader?.Live.RuntimeName),
            Environment = HuntEnvironment.Of(program, reader?.Live),
            Verdict = verdict.Verdict,
            Reason = verdict.Reason,
            Otherwise = verdict.Otherwise,
            Operations = Operations,
            Warnings = [.. warnings],
            BlindSpots = [.. blindSpots],
            Findings = findings,
            Measurements = new Measurements { Rounds = log.Measurements(), NoiseFloor = NoiseFloor(deciding), Undecided = verdict.Undecided },
        };
    }

    /// <summary>What names resources is asked at the end, and only where they grew: the target may have ended.</summary>
    private HuntEvidence EvidenceOf(JudgedRun judged, TargetReader? reader)
    {
        var evidence = new HuntEvidence(log, judged, reader?.Last, unsettled) { Collects = reader is { CanCollect: true } };
        if (reader is null || TargetExit is not null)
        {
            return evidence;
        }

        try
        {
            return evidence with
            {
                Sockets = reader.ReadSockets(),
                Stacks = judged.Counters.GetValueOrDefault(Metric.Threads) is { Grows: true } ? reader.Live.CaptureStacks() : [],
            };
        }
        catch (LimpetException exception)
        {
            blindSpots.Add($"What sockets and threads are at the end: {exception.Message}");
            return evidence;
        }
    }

    private ImmutableSortedDictionary<string, double> NoiseFloor(IReadOnlyCollection<Judgement> judgements) =>
        log.History.Count(RoundKind.Idle) == 0
            ? ImmutableSortedDictionary<string, double>.Empty
            : judgements.Where(judgement => judgement.Metric is Metric.Descriptors or Metric.Threads or Metric.Timers or Metric.PendingAsync or Metric.NativeBytes)
                .ToImmutableSortedDictionary(judgement => judgement.Metric, judgement => judgement.NoiseFloor);

    private ImmutableArray<string> Shown(ImmutableArray<string> command) => options.NoRedact ? command : [.. Redaction.CommandLine(command)];

    private static void Cancel(CancellationTokenSource source)
    {
        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The rounds are over; the end of the target is no news any more.
        }
    }
}
