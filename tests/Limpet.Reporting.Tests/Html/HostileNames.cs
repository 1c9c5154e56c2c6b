using System.Collections.Immutable;
using Limpet.Results;

namespace Limpet.Reporting.Tests.Html;

/// <summary>Results in which everything that a target can choose is made to break out of a page.</summary>
internal static class HostileNames
{
    /// <summary>Ends every context that a name could stand in: element, attribute, script, comment, CDATA; calls, links and colours; and cannot be encoded.</summary>
    public const string Name = "</script><script>alert(1)</script>\"'><img src=x onerror=alert(1)>]]>--><!-- &lt; `x` ```` | @all #1 https://evil.example [a](b) \u2028\u0000\u001b[31m\u202e\ud800\ufffe\n\r";

    public static HuntResult Hunt(string name) => Samples.Hunt with
    {
        Target = new TargetInfo(1, [name, name], name),
        Environment = ImmutableSortedDictionary<string, string>.Empty.Add(name, name),
        Reason = name,
        Warnings = [name],
        BlindSpots = [name],
        Budgets = [new BudgetResult(name, 1, 2, true)],
        Findings = [Finding(name), Finding(name) with { Status = FindingStatus.Known }],
        Measurements = new Measurements { NoiseFloor = ImmutableSortedDictionary<string, double>.Empty.Add(name, 1), Rounds = [Samples.Hunt.Measurements.Rounds[0] with { Kind = name }, .. Samples.Hunt.Measurements.Rounds], Undecided = [new UndecidedSeries(name, name, [1, null, 3])] },
    };

    public static WatchResult Watch(string name) => Samples.WatchOfDotNet with
    {
        Target = new TargetInfo(1, [name, name], name),
        Environment = ImmutableSortedDictionary<string, string>.Empty.Add(name, name),
        Reason = name,
        Warnings = [name],
        BlindSpots = [name],
        Budgets = [new BudgetResult(name, 1, 2, true)],
        Findings = [Finding(name)],
        Projections = [new LimitProjection(name, 10, 3, 4)],
        Phases = [new WatchPhase(name, 0, 1) { Leaks = true, Left = [new LeftItem(name, name, 3)] }, new WatchPhase(name, 1, 2)],
        Processes =
        [
            Samples.WatchOfDotNet.Processes[0] with { Command = [name, name], Series = Samples.Watch.Processes[0].Series, DotNet = new DotNetFigures { Counters = [new CounterFigure(name, name, name, name, false, 1, 1, 1, 0)], Meters = [new CounterFigure(name, name, name, name, false, 1, 1, 1, 0)] } },
            new WatchedProcess(2, [name], null) { StartSeconds = 0, Orphan = true, DotNet = new DotNetFigures { Refusal = name } },
        ],
    };

    private static Finding Finding(string name) => new()
    {
        Kind = FindingKind.ThreadLeak,
        Subject = name,
        Signature = name,
        Confidence = name,
        Hint = name,
        Source = new SourceLine(name, 1),
        Course = [1, 2, 3],
        Retained = new Amount(3, 4),
        PerOperation = new Amount(1, 2),
        Related = [new RelatedGrowth(name, 1) { Detail = name }],
        Stacks = [new ThreadStackGroup(1, [1], name, [name])],
        Holder = new RetentionTrace(
            new TraceRoot(name, name) { Source = new SourceLine(name, 1), Threads = name },
            [
                new TraceElement(name, name, "Field", LeakingStatus.No, name) { Meaning = name, Detail = name, Suspect = true, Source = new SourceLine(name, 2) },
                new TraceElement(name, null, null, LeakingStatus.Yes, name),
            ]),
    };
}
