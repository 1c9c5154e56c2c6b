using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime;
using Limpet.Measuring;
using Limpet.Results;
using Limpet.Tool;
using Limpet.Tracking;
using Limpet.Verdicts;

namespace Limpet.Checks;

/// <summary>A check that tracked objects are collected.</summary>
internal static class TrackedCheck
{
    private const int MostHandles = 10_000;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    /// <summary>Runs a check.</summary>
    /// <param name="type">What was tracked.</param>
    /// <param name="takeLeft">Counts, and names the objects that are left.</param>
    /// <param name="options">How long to wait.</param>
    /// <param name="caller">Who asks.</param>
    public static CheckResult Run(string type, Func<(InstanceCounts Counts, ImmutableArray<nint> Handles)> takeLeft, CollectionOptions options, CheckCaller caller)
    {
        long started = Stopwatch.GetTimestamp();
        if (GCSettings.LatencyMode == GCLatencyMode.NoGCRegion)
        {
            return Result(Verdict.NotRun, OperationCheck.NoGcRegion);
        }

        while (true)
        {
            if (!SettledCollection.Settle(options.FinalizerTimeout))
            {
                HangStacks stacks = HangStacks.Read(OperationCheck.FinalizerHang(options.FinalizerTimeout), options.Trace, options.Tool);
                return stacks.AddTo(Result(Verdict.Hang, stacks.Finding.Confidence));
            }

            (InstanceCounts counts, ImmutableArray<nint> handles) = takeLeft();
            if (counts.Born == 0)
            {
                return Result(Verdict.NotRun, $"No {type} was tracked since the start. Call Track for each object that is to be watched.");
            }

            if (handles.IsEmpty)
            {
                return Result(Verdict.Clean, Sentence.Of($"all {counts.Born} tracked objects were collected")) with { Operations = new OperationCount(counts.Born, 0) };
            }

            if (Stopwatch.GetElapsedTime(started) >= options.Patience)
            {
                return Explain(counts, handles) with { Operations = new OperationCount(counts.Born, 0) };
            }

            Thread.CurrentThread.Join(Look);
        }

        CheckResult Explain(InstanceCounts counts, ImmutableArray<nint> handles)
        {
            string confidence = Sentence.Of($"of {counts.Born} tracked objects {handles.Length} were reachable after the collection protocol, {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s");
            CheckResult untold = Result(Verdict.Leak, $"{type}: {confidence}") with
            {
                Findings = [new Finding { Kind = FindingKind.ManagedLeak, Subject = type, Signature = "tracked:" + type, Retained = new Amount(handles.Length, null), Confidence = confidence }],
            };
            if (!options.Trace)
            {
                return untold with { NoTraceReason = "The option Trace is off." };
            }

            try
            {
                using ToolSession session = ToolSession.Open(options.Tool);
                HeldObjects answer = HolderSearch.Find(session, [.. handles.Take(MostHandles)], type, caller, confidence);
                return answer.Hold switch
                {
                    HoldKind.Gone => Result(Verdict.Delayed, $"{type}: the last of them were collected late."),
                    HoldKind.Nothing => Result(Verdict.Inconclusive, $"{handles.Length} of the tracked {type} are there, and no root reaches them in the captured heap. Run the check again."),
                    HoldKind.OnlyTheCaller => Result(Verdict.Inconclusive, HolderSearch.FalseRetention(answer, type, "Make the objects in a method of their own.")).Traced(answer.Origin) with { Drawings = answer.Drawings },
                    _ => untold.Traced(answer.Origin) with { Findings = answer.Findings, Drawings = answer.Drawings, Warnings = answer.Warnings },
                };
            }
            catch (LimpetException exception)
            {
                return untold with { NoTraceReason = exception.Message };
            }
        }

        CheckResult Result(Verdict verdict, string reason) => new()
        {
            Subject = type,
            Verdict = verdict,
            Reason = reason,
            Operations = new OperationCount(0, 0),
            Duration = Stopwatch.GetElapsedTime(started),
        };
    }
}
