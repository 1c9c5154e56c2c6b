using System.Collections.Immutable;
using System.Globalization;
using Limpet.Cli.Hunting;
using Limpet.Cli.Watching.Options;
using Limpet.Cli.Watching.Phases;
using Limpet.Cli.Watching.Tree;
using Limpet.Reporting.Text;
using Limpet.Results;
using Limpet.Text;

namespace Limpet.Cli.Watching.Judging;

/// <summary>Makes the result of a run of what was read.</summary>
internal sealed class WatchJudge(WatchOptions options, WatchTree tree, RunFacts facts)
{
    /// <summary>Share of the readings that must have been taken.</summary>
    private const double EnoughReadings = 0.5;

    private readonly Phase[] phases = [.. tree.Book.Named];
    private readonly List<string> warnings = [.. facts.Warnings];
    private readonly List<Finding> findings = [];
    private readonly List<LimitProjection> projections = [];

    /// <summary>The result.</summary>
    public WatchResult Judge()
    {
        // Where phases overlap nobody can say whose a thing is, and nothing is said.
        bool overlap = tree.Book.Overlaps;
        ImmutableArray<LeftThing> left = overlap ? [] : new Leftovers(tree, phases).All();
        ImmutableArray<LeftClaim> claims = phases.Length == 0 || overlap ? [] : LeftoverJudge.Judge(left, [.. phases.Select(phase => phase.Duration.TotalSeconds)]);
        (FollowedProcess Process, MemoryClaim Claim)[] memory = overlap ? [] : [.. PhaseMemory.Judge(tree, phases)];
        IReadOnlyDictionary<int, double> kept = BudgetJudge.Kept(options.Budgets, memory.Select(one => one.Claim));
        HashSet<int> leaking = [.. claims.Where(claim => !claim.ByTime).SelectMany(claim => claim.Phases), .. memory.SelectMany(one => one.Claim.Leaking)];
        findings.AddRange(claims.Select(claim => LeftFindings.Of(claim, phases, !options.NoRedact)));
        findings.AddRange(memory.Where(one => one.Claim.Reason is not null).Select(Memory));
        Project(claims, memory);
        if (overlap || (phases.Length == 0 && !options.WantsMarks))
        {
            OverTime overTime = OverTime.Judge(tree, facts, !options.NoRedact);
            findings.AddRange(overTime.Findings);
            projections.AddRange(overTime.Projections);
        }

        if (facts.StalledAtEnd is { } stalled)
        {
            findings.Add(new Finding
            {
                Kind = FindingKind.Hang,
                Subject = Escaping.Show(stalled),
                Signature = "watch:stall",
                SeenUpToOperations = phases.Length,
                Confidence = string.Create(CultureInfo.InvariantCulture, $"the phase was open for {facts.StalledFor.TotalSeconds:0} s when the run ended, over the {options.Stall.TotalSeconds:0} s that a phase may take"),
            });
        }

        int[] growing = [.. BudgetJudge.Growing(options.Budgets, kept)];
        BudgetResult[] budgets = [.. BudgetJudge.Judge(options.Budgets, tree, facts, kept)];
        if (growing.Length > 0)
        {
            warnings.Add($"over the budget of growth per phase: {PhaseNames.List(phases, growing.Select(phase => (phase, new ByteSize((long)kept[phase]).ToString())))}");
        }

        Notes(left);
        Absence otherwise = WithoutFindings(left, claims, budgets);
        (Verdict verdict, string reason) = findings.Count > 0 ? OfFindings() : (otherwise.Verdict, otherwise.Reason);
        warnings.AddRange(Blanks().Where(blank => !reason.StartsWith(blank, StringComparison.Ordinal)));
        return new WatchResult
        {
            StartedAt = facts.StartedAt,
            DurationSeconds = Math.Round(facts.Duration.TotalSeconds, 3),
            Target = new TargetInfo(facts.RootPid, options.NoRedact ? facts.Command : Redaction.CommandLine(facts.Command), null),
            Environment = facts.Environment,
            Verdict = verdict,
            Reason = reason,
            Otherwise = findings.Count > 0 ? otherwise : null,
            Budgets = [.. budgets],
            Findings = [.. Results.Verdicts.InOrder(findings)],
            Warnings = [.. warnings],
            BlindSpots = BlindSpots(),
            Processes = WatchedProcesses.Of(tree, facts, !options.NoRedact, out int omitted),
            OmittedProcesses = omitted,
            Peak = facts.Peak,
            Phases = [.. phases.Select((phase, index) => Of(phase, index, left, kept, leaking.Contains(index) || growing.Contains(index)))],
            Projections = [.. projections],
            Monitor = facts.Monitor,
            Series = facts.Series,
        };
    }

    private Finding Memory((FollowedProcess Process, MemoryClaim Claim) one)
    {
        MemoryClaim claim = one.Claim;
        double total = claim.Steps.Where(step => claim.Leaking.Contains(step.Phase)).Sum(step => step.Bytes);
        string named = claim.Leaking.IsEmpty ? "" : ": " + PhaseNames.List(phases, claim.Steps.Where(step => claim.Leaking.Contains(step.Phase)).Select(step => (step.Phase, new ByteSize((long)step.Bytes).ToString())));
        return new Finding
        {
            Kind = FindingKind.NativeLeak,
            Subject = $"private memory of {Escaping.Show(claim.Process, 60)}",
            Signature = $"watch:memory:{claim.Process}",
            Retained = new Amount(null, claim.Last),
            PerOperation = new Amount(null, Math.Round(claim.Even ? claim.PerPhase : total / phases.Length)),
            SeenUpToOperations = phases.Length,
            Confidence = claim.Reason + named,
        };
    }

    private void Project(ImmutableArray<LeftClaim> claims, (FollowedProcess Process, MemoryClaim Claim)[] memory)
    {
        LeftThing[] descriptors = [.. claims.SelectMany(claim => claim.Things).Where(thing => thing.Item.Kind == ItemKind.Descriptor)];
        foreach (IGrouping<int, LeftThing> process in descriptors.GroupBy(thing => thing.Item.Pid).OrderByDescending(group => group.Count()).Take(1))
        {
            FollowedProcess? owner = tree.Ended.Concat(tree.Alive).FirstOrDefault(one => one.Pid == process.Key);
            double[] counts = [.. phases.Select((_, index) => (double)process.Count(thing => thing.Phase == index))];
            if (owner is { OpenFilesLimit: { } limit } && Projections.OfPhases("openFiles", limit, owner.MarkDescriptors, counts, phases) is { } projection)
            {
                projections.Add(projection);
            }
        }

        foreach ((_, MemoryClaim claim) in memory.Where(one => one.Claim.Reason is not null).Take(1))
        {
            double[] grown = [.. phases.Select((_, index) => claim.Even ? claim.PerPhase : claim.Steps.Where(step => step.Phase == index && claim.Leaking.Contains(index)).Sum(step => step.Bytes))];
            if (facts is { MemoryLimit: { } limit, MemoryUsed: { } used } && Projections.OfPhases(facts.LimitIsHost ? "hostMemory" : "cgroupMemory", limit, used, grown, phases) is { } projection)
            {
                projections.Add(projection);
            }
        }
    }

    private WatchPhase Of(Phase phase, int index, ImmutableArray<LeftThing> left, IReadOnlyDictionary<int, double> kept, bool leaks)
    {
        LeftThing[] own = [.. left.Where(thing => thing.Phase == index)];
        double memory = kept.GetValueOrDefault(index);
        bool returned = own.GroupBy(thing => LeftFindings.MetricOf(thing.Class)).All(metric => metric.Count() <= metric.Key switch
        {
            "fds" => Math.Ceiling(0.1 * (phase.Before.Descriptors ?? 0)),
            "threads" => Math.Ceiling(0.1 * phase.Before.Threads),
            _ => 0,
        });
        returned &= memory <= Math.Max(0.1 * (phase.Before.Pss ?? phase.Before.Rss), 4 * 1024 * 1024);
        return new WatchPhase(phase.Name!, Math.Round(phase.Start.TotalSeconds, 3), Math.Round(phase.End.TotalSeconds, 3))
        {
            Peak = phase.Peak,
            End = Figures(phase.After),
            Delta = Difference(phase.Before, phase.After),
            ReturnedToBaseline = tree.Book.Overlaps ? null : returned && !leaks,
            Leaks = leaks,
            Left =
            [
                .. own.GroupBy(thing => LeftFindings.MetricOf(thing.Class)).SelectMany(metric => LeftFindings.Names([.. metric], !options.NoRedact).Select(name => new LeftItem(metric.Key, name.Name, name.Count))),
                .. memory > 0 ? new[] { new LeftItem("memoryBytes", "private memory", memory) } : [],
            ],
        };
    }

    private static TreeFigures Figures(TreePulse pulse) => new()
    {
        RssBytes = pulse.Rss,
        PssBytes = pulse.Pss,
        Fds = pulse.Descriptors,
        Threads = pulse.Threads,
        Children = pulse.Children,
    };

    private static TreeFigures Difference(TreePulse before, TreePulse after) => new()
    {
        RssBytes = after.Rss - before.Rss,
        PssBytes = after.Pss - before.Pss,
        Fds = after.Descriptors - before.Descriptors,
        Threads = after.Threads - before.Threads,
        Children = after.Children - before.Children,
    };

    private void Notes(ImmutableArray<LeftThing> left)
    {
        foreach (FollowedProcess orphan in tree.Alive.Where(process => facts.Ended && !process.IsZombie))
        {
            ImmutableArray<string> shown = options.NoRedact ? orphan.Command : Redaction.CommandLine(orphan.Command);
            string since = left.FirstOrDefault(thing => thing.Item.Pid == orphan.Pid && thing.Class == LeftClass.Child) is { } thing ? $", since {phases[thing.Phase].Name}" : "";
            warnings.Add($"process {orphan.Pid} ({Escaping.Show(string.Join(' ', shown), 120)}) was left running{since}; it is not ended by limpet");
        }

        MonitorFigures monitor = facts.Monitor;
        if (monitor.Gaps > 0)
        {
            warnings.Add(string.Create(CultureInfo.InvariantCulture, $"{Words.Many(monitor.Gaps, "gap")} in the readings, the longest {monitor.LongestGapSeconds:0.00} s; {monitor.MissedSamples} of {facts.Due} readings were missed"));
        }

        const int MostRefusals = 3;
        warnings.AddRange(tree.Refusals.Take(MostRefusals));
        if (tree.Refusals.Count > MostRefusals)
        {
            warnings.Add($"{tree.Refusals.Count - MostRefusals} more kinds of readings were refused");
        }
    }

    /// <summary>Why there are no phases, or none that can be judged: the reason of the verdict, or beside it a warning.</summary>
    private IEnumerable<string> Blanks() =>
        options.WantsMarks && phases.Length == 0 ? [Unmarked()]
        : tree.Book.Overlaps ? [Overlap()]
        : [];

    private string Overlap() => tree.Book.SourcesOverlap
        ? $"{tree.Book.Sources} programs ran tests at the same time, so that what a phase left cannot be told from what the others did. Run them one after the other (dotnet test --max-parallel-test-modules 1; pytest without -n)"
        : $"{tree.Book.TooLong} of {phases.Length} tests took much longer than there was between their marks: tests ran at the same time, or their results were told late, so that what a phase left cannot be told from what others did. Run one test at a time (xUnit: --parallel none)";

    private string Unmarked() => options.Mark is { } mark
        ? $"the mark {Escaping.Show(mark.Text, 120)} never matched in {Words.Many(facts.Monitor.LinesRead ?? 0, "line")} of output, so there were no phases. Does the program write a line for each test (pytest: -v; dotnet test: --output Detailed)?"
        : options.MarkEvery is { } every ? $"the run ended before the first phase, which begins after {DurationText.Format(every)}"
        : $"nobody wrote a mark into {Escaping.Show(options.MarkFile ?? "the mark file")}, so there were no phases. Its path is in LIMPET_MARK_FILE of the command";

    private ImmutableArray<string> BlindSpots()
    {
        List<string> spots = ["processes that lived for less than a tenth of a second", "what a process takes between two readings"];
        if (phases.Length > 0)
        {
            spots.Add("whether a process would have given back what it got in its last phase, where it ended with that phase");
        }

        return [.. spots];
    }

    private (Verdict Verdict, string Reason) OfFindings()
    {
        Finding[] ordered = [.. Results.Verdicts.InOrder(findings)];
        string more = ordered.Length == 1 ? "" : FormattableString.Invariant($" ({ordered.Length - 1} more)");
        return (ordered[0].Kind.Implies(), $"{ordered[0].Subject}: {ordered[0].Confidence}{more}");
    }

    private Absence WithoutFindings(ImmutableArray<LeftThing> left, ImmutableArray<LeftClaim> claims, BudgetResult[] budgets)
    {
        double share = facts.Due == 0 ? 0 : (double)facts.Monitor.Samples / facts.Due;
        if (share < EnoughReadings && facts.Due > 10)
        {
            return new Absence(Verdict.Inconclusive, string.Create(CultureInfo.InvariantCulture, $"the monitor failed: {facts.Monitor.MissedSamples} of {facts.Due} readings were missed"));
        }

        string budgetsHeld = BudgetJudge.Held(budgets);
        if (tree.Book.Overlaps)
        {
            return new Absence(Verdict.Inconclusive, Overlap() + budgetsHeld);
        }

        if (phases.Length > 0)
        {
            int judged = claims.Sum(claim => claim.Things.Length);
            string once = left.Length > judged ? $" ({left.Length - judged} things stayed that are few, warm-up, or in use)" : "";
            return new Absence(Verdict.Clean, $"nothing that {Words.Many(phases.Length, "phase")} opened, started or took shows a leak{once}{budgetsHeld}");
        }

        if (options.WantsMarks)
        {
            return new Absence(Verdict.NotRun, Unmarked());
        }

        if (facts.Duration < TimeJudge.Shortest)
        {
            string tooShort = string.Create(CultureInfo.InvariantCulture, $"{facts.Duration.TotalSeconds:0.0} s are too short to judge growth over time, which takes {TimeJudge.Shortest.TotalSeconds:0} s, and there were no phases");
            // That budgets were kept answers what was asked; one that broke says nothing of growth.
            bool kept = budgets.Length > 0 && budgets.All(budget => budget.Measured is not null && !budget.Broken);
            return new Absence(kept ? Verdict.Clean : Verdict.Inconclusive, tooShort + budgetsHeld);
        }

        return new Absence(Verdict.Clean, string.Create(CultureInfo.InvariantCulture, $"nothing grows with time in {facts.Duration.TotalSeconds:0} s{budgetsHeld}"));
    }
}
