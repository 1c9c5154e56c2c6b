using Limpet.Capture.Live;
using Limpet.Heap;
using Limpet.Heap.Holders;
using Limpet.Results;

namespace Limpet.Cli.Hunting.Run;

/// <summary>Makes a finding of a deadline that passed, with the stacks of that moment.</summary>
internal static class HangFindings
{
    private const int MostPending = 8;
    private const int FinalizerReadings = 4;

    /// <summary>A target that answers no more may wait in an await, which no stack shows: the heap knows it.</summary>
    public static Finding Of(string subject, string fact, TargetReader reader, CancellationToken cancellation)
    {
        Finding finding = Of(subject, fact, reader.Live);
        HeapView heap = reader.Capture(cancellation);
        string[] pending =
        [
            .. heap.Census.PendingAsync
                .OrderByDescending(operation => operation.Value)
                .ThenBy(operation => operation.Key, StringComparer.Ordinal)
                .Take(MostPending)
                .Select(operation => (operation.Value == 1 ? "" : $"{operation.Value} × ") + operation.Key + LineOf(operation.Key, heap)),
        ];
        return pending.Length == 0 ? finding : finding with { Confidence = $"{fact}; async operations that have not ended: {string.Join(", ", pending)}" };
    }

    /// <summary>Where an async method begins, in brackets; empty without symbols.</summary>
    private static string LineOf(string method, HeapView heap) =>
        heap.Capture.Graph.Types.FirstOrDefault(type => SourceNames.AsyncMethodOf(type.Name) == method) is { } box
        && SourceNames.StateMachineOf(box.Name) is { } machine
        && heap.Code.LineOf(new MethodName(machine, "MoveNext")) is { } line
            ? $" ({line.File}:{line.Line})"
            : "";

    /// <summary>A finalizer thread that does not come back leaves a queue that never gets shorter, reading after reading; null where it does.</summary>
    public static Finding? OfFinalizerThread(HuntLog log, LiveTarget live)
    {
        int[] waiting = [.. log.Readings.Skip(log.Baseline + 1).Select(reading => reading.WaitingForFinalizer)];
        bool isStuck = waiting.Length >= FinalizerReadings && waiting.All(count => count > 0) && waiting.Zip(waiting.Skip(1)).All(pair => pair.Second >= pair.First);
        return isStuck
            ? Of("finalizer thread", $"it has not emptied its queue in {waiting.Length} readings: {waiting[0]} objects waited at the first, {waiting[^1]} at the last", live)
            : null;
    }

    public static Finding Of(string subject, string fact, LiveTarget? live) => new()
    {
        Kind = FindingKind.Hang,
        Subject = subject,
        Signature = "hang:" + subject,
        Confidence = fact,
        Stacks = live?.CaptureStacks() ?? [],
    };
}
