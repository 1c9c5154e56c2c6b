using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using Limpet.Measuring;
using Limpet.Results;
using Limpet.Tool;
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
    private readonly CheckCaller caller;
    private Task<ToolSession>? opening;
    private int calls;
    private int collections;
    private string type = "the object";

    private CollectionCheck(IFactoryCall factory, CollectionOptions options, CheckCaller caller)
    {
        this.caller = caller;
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
    public static CheckResult Run(IFactoryCall factory, CollectionOptions options, CheckCaller caller) => new CollectionCheck(factory, options, caller).Run();

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

        try
        {
            if (GCSettings.LatencyMode == GCLatencyMode.NoGCRegion)
            {
                return Result(Verdict.NotRun, OperationCheck.NoGcRegionFromWithin);
            }

            type = subject.Type;
            return Wait(subject) switch
            {
                Outcome.CollectedAtOnce => Result(Verdict.Clean, Sentence.Of($"{type} was collected")),
                Outcome.CollectedLater => CollectedLater(),
                Outcome.FinalizersBlocked => Hang(OperationCheck.FinalizerHang(options.FinalizerTimeout)),
                Outcome.Resurrected => Explain([subject], "Its finalizer ran and made it reachable again."),
                _ => Stays(subject),
            };
        }
        finally
        {
            subject.Dispose();

            // A tool that was started and not needed ends when it is there.
            opening?.ContinueWith(opened => opened.Result.Dispose(), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
        }
    }

    private FactoryOutcome Call()
    {
        calls++;
        return factory.Make(options.FactoryTimeout);
    }

    private CheckResult NotMade(FactoryOutcome made) => made switch
    {
        { TimedOut: true } => Hang(new Finding
        {
            Kind = FindingKind.Hang,
            Subject = "the factory",
            Signature = "hang:factory",
            Confidence = Sentence.Of($"it had not returned after {options.FactoryTimeout.TotalSeconds:0.###} s, which FactoryTimeout allows"),
        }),
        { Error: NotCollectableException refused } => Result(Verdict.NotRun, refused.Message),
        _ => Result(Verdict.NotRun, $"The factory threw {made.Error!.GetType().Name}: {made.Error.Message.TrimEnd('.')}. Let it make its object in a test of its own first.") with { SubjectError = made.Error },
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

            if (collections > 0 && !FinalizerWait.ForPending(options.FinalizerTimeout))
            {
                return Outcome.FinalizersBlocked;
            }

            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true);
            collections++;
            if (settled == 0 && collections >= MostCollections)
            {
                settled = Stopwatch.GetTimestamp();

                // While it is given time, the tool starts: it is needed if that does not help.
                opening = options.Trace ? Task.Run(() => ToolSession.Open(options.Tool)) : null;
            }
        }
    }

    private CheckResult Stays(MadeObject subject)
    {
        List<MadeObject> all = [subject];
        try
        {
            bool same = false;
            for (int more = 0; more < MoreObjects && Call().Object is { } other; more++)
            {
                all.Add(other);
                same |= other.IsSameAs(subject);
            }

            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true);
            MadeObject[] held = [.. all.Where(made => made.State() == ObjectState.Alive)];
            if (held.Length == 0)
            {
                return CollectedLater();
            }

            // What one field holds until the next object comes is told as that.
            string others = same || all.Count == 1 ? ""
                : held.Length == 1 ? string.Create(CultureInfo.InvariantCulture, $"; when the factory was called again, it went, and the newest of {all.Count} was reachable")
                : string.Create(CultureInfo.InvariantCulture, $"; of {all.Count} made, {held.Length} were");
            string confidence = Sentence.Of($"it was reachable after {collections} full collections in {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s{others}");
            CheckResult result = Explain(same ? held[..Math.Min(1, held.Length)] : held, confidence);
            return Array.TrueForAll(held, made => made.State() == ObjectState.Gone) ? CollectedLater()
                : same && result.Verdict == Verdict.Leak ? SameObject(result)
                : result;
        }
        finally
        {
            all.Skip(1).ToList().ForEach(other => other.Dispose());
        }
    }

    private CheckResult SameObject(CheckResult result) => result with
    {
        Verdict = Verdict.NotRun,
        Reason = $"The factory returned the same {type} in {calls} calls: who made it first keeps it. Make a new object in each call.",
        Findings = [],
        Drawings = [],
        NoTraceReason = null,
    };

    /// <summary>Asks the tool what holds the objects. Without an answer the verdict stands.</summary>
    private CheckResult Explain(MadeObject[] held, string confidence)
    {
        CheckResult untold = Finding(FindingKind.ManagedLeak, confidence, retained: held.Length);
        if (opening is null)
        {
            return untold with { NoTraceReason = "The option Trace is off." };
        }

        try
        {
            using ToolSession session = opening.GetAwaiter().GetResult();
            opening = null;
            HeldObjects answer = HolderSearch.Find(session, [.. held.Select(made => made.Handle)], type, caller, confidence);
            return answer.Hold switch
            {
                HoldKind.Gone => CollectedLater(),
                HoldKind.Nothing => Result(Verdict.Inconclusive, $"{type} was there in {collections} full collections, and no root reaches it in the captured heap. Run the check again."),
                HoldKind.OnlyTheCaller => Result(Verdict.Inconclusive, HolderSearch.FalseRetention(answer, type, "Make the object inside the factory and keep no variable of it.")).Traced(answer.Origin) with { Drawings = answer.Drawings },
                _ => Result(Verdict.Leak, $"{type}: {confidence}").Traced(answer.Origin) with { Findings = answer.Findings, Drawings = answer.Drawings, Warnings = answer.Warnings },
            };
        }
        catch (LimpetException exception)
        {
            return untold with { NoTraceReason = exception.Message };
        }
    }

    private CheckResult CollectedLater() => Finding(
        FindingKind.DelayedCollection,
        Sentence.Of($"it was collected, but only {Stopwatch.GetElapsedTime(started).TotalSeconds:0.00} s after the factory was called: something let go of it late"));

    private CheckResult Hang(Finding finding) =>
        HangStacks.Read(finding, options.Trace, options.Tool).AddTo(Result(Verdict.Hang, $"{finding.Subject}: {finding.Confidence}"));

    private CheckResult Finding(FindingKind kind, string confidence, double retained = 1)
    {
        Finding finding = new()
        {
            Kind = kind,
            Subject = type,
            Signature = $"collected:{kind}:{type}",
            Retained = kind == FindingKind.ManagedLeak ? new Amount(retained, null) : null,
            Confidence = confidence,
        };
        return Result(kind.Implies(), $"{type}: {confidence}") with { Findings = [finding] };
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
