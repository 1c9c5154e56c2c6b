using System.Diagnostics;
using System.Runtime;
using Limpet.Results;
using Limpet.Verdicts;

namespace Limpet.Checks;

/// <summary>A check that an object is collected, from beginning to end.</summary>
internal sealed class CollectionCheck
{
    private const int MostCollections = 5;
    private const int MoreObjects = 2;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);
    private readonly IFactoryCall factory;
    private readonly CollectionOptions options;
    private readonly long started = Stopwatch.GetTimestamp();
    private int calls;
    private int collections;
    private string type = "the object";

    private CollectionCheck(IFactoryCall factory, CollectionOptions options)
    {
        this.factory = factory;
        this.options = options;
    }

    private enum Outcome
    {
        CollectedAtOnce,
        CollectedLater,
        Resurrected,
        Stays,
        FinalizersBlocked,
    }

    private string Subject => options.Name ?? type;

    /// <summary>Runs a check.</summary>
    public static CheckResult Run(IFactoryCall factory, CollectionOptions options, CheckCaller caller) => new CollectionCheck(factory, options).Run();

    private CheckResult Run()
    {
        if (GCSettings.LatencyMode == GCLatencyMode.NoGCRegion)
        {
            return Result(Verdict.NotRun, OperationCheck.NoGcRegion);
        }

        FactoryOutcome made = Call();
        if (made.Object is not { } subject)
        {
            return NotMade(made);
        }

        using (subject)
        {
            type = subject.Type;
            return Wait(subject) switch
            {
                Outcome.CollectedAtOnce => Result(Verdict.Clean, Sentence.Of($"{type} was collected")),
                Outcome.CollectedLater => Finding(FindingKind.DelayedCollection, Sentence.Of($"it was collected, but only {Stopwatch.GetElapsedTime(started).TotalSeconds:0.00} s after the factory was called: something let go of it late")),
                Outcome.FinalizersBlocked => Finding(FindingKind.Hang, Sentence.Of($"the finalizer thread has not emptied its queue within {options.FinalizerTimeout.TotalSeconds:0.###} s: a finalizer blocks it"), "finalizer thread"),
                Outcome.Resurrected => Finding(FindingKind.ManagedLeak, "Its finalizer ran and made it reachable again."),
                _ => Stays(subject),
            };
        }
    }

    private FactoryOutcome Call()
    {
        calls++;
        return factory.Make(options.FactoryTimeout);
    }

    private CheckResult NotMade(FactoryOutcome made) => made switch
    {
        { TimedOut: true } => Finding(FindingKind.Hang, Sentence.Of($"the factory had not returned after {options.FactoryTimeout.TotalSeconds:0.###} s"), "the factory"),
        { Error: NotCollectableException refused } => Result(Verdict.NotRun, refused.Message),
        _ => Result(Verdict.NotRun, $"The factory threw {made.Error!.GetType().Name}: {made.Error.Message}") with { SubjectError = made.Error },
    };

    /// <summary>A young collection first: it is enough for most objects that nobody holds.</summary>
    private Outcome Wait(MadeObject subject)
    {
        GC.Collect(0, GCCollectionMode.Forced, blocking: true);
        long settled = 0;
        while (true)
        {
            ObjectState state = subject.State();
            if (state == ObjectState.Gone)
            {
                return settled == 0 ? Outcome.CollectedAtOnce : Outcome.CollectedLater;
            }

            if (settled != 0 && Stopwatch.GetElapsedTime(settled) >= options.Patience)
            {
                return state == ObjectState.Alive ? Outcome.Stays : Outcome.Resurrected;
            }

            if (settled != 0)
            {
                Thread.CurrentThread.Join(Look);
            }

            if (collections > 0 && !Finalizers.Wait(options.FinalizerTimeout))
            {
                return Outcome.FinalizersBlocked;
            }

            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true);
            collections++;
            settled = settled == 0 && collections >= MostCollections ? Stopwatch.GetTimestamp() : settled;
        }
    }

    private CheckResult Stays(MadeObject subject)
    {
        List<MadeObject> others = [];
        try
        {
            bool same = false;
            for (int more = 0; more < MoreObjects && Call().Object is { } other; more++)
            {
                others.Add(other);
                same |= other.IsSameAs(subject);
            }

            if (same)
            {
                return Result(Verdict.NotRun, $"The factory returned the same {type} in {calls} calls: who made it first keeps it. Make a new object in each call.");
            }

            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true);
            int held = 1 + others.Count(other => other.State() == ObjectState.Alive);
            string more2 = others.Count == 0 ? "" : Invariant($"; of {calls} made, {held} were");
            return Finding(FindingKind.ManagedLeak, Sentence.Of($"it was reachable after {collections} full collections in {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s{more2}"), retained: held);
        }
        finally
        {
            others.ForEach(other => other.Dispose());
        }
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    private CheckResult Finding(FindingKind kind, string confidence, string? subject = null, double retained = 1)
    {
        Finding finding = new()
        {
            Kind = kind,
            Subject = subject ?? type,
            Signature = $"collected:{kind}:{subject ?? type}",
            Retained = kind == FindingKind.ManagedLeak ? new Amount(retained, null) : null,
            Confidence = confidence,
        };
        return Result(kind.Implies(), $"{finding.Subject}: {confidence}") with { Findings = [finding] };
    }

    private CheckResult Result(Verdict verdict, string reason) => new()
    {
        Subject = Subject,
        Verdict = verdict,
        Reason = reason,
        Operations = new OperationCount(calls, 0),
        Duration = Stopwatch.GetElapsedTime(started),
    };
}
