using System.Collections.Immutable;
using System.Text.Json;
using Limpet.Results;
using Limpet.Tool;

namespace Limpet.Resources;

/// <summary>What only a capture of the heap shows. Objects of this library are left out, and garbage is.</summary>
public sealed record HeapResources
{
    private const string Pending = "pendingOperations";
    private const string PendingWords = "pending async operations";

    /// <summary>Reachable objects by type.</summary>
    public required ImmutableArray<NamedCount> Instances { get; init; }

    /// <summary>Async methods that have begun and not ended, by method; null where the heap was told by events, which do not say whether one has ended.</summary>
    public required ImmutableArray<NamedCount>? PendingOperations { get; init; }

    /// <summary>GC handles that hold an object, by kind. Weak ones hold none and are not counted.</summary>
    public required ImmutableArray<NamedCount> Handles { get; init; }

    /// <summary>How the heap was read: from the memory of this process; where the system refuses that from a dump by its own runtime, else from the events of that runtime.</summary>
    public CaptureWay Way { get; init; } = CaptureWay.Live;

    /// <summary>Why better ways were refused; empty for <see cref="CaptureWay.Live"/>.</summary>
    public ImmutableArray<string> WayRefusals { get; init; } = [];

    /// <summary>What a snapshot without a capture does not have, and what to do for it.</summary>
    internal static ImmutableArray<ReadingRefusal> NotCaptured { get; } = Refused("only a capture of the heap shows them: take the reading with ResourceSnapshot.TakeWithHeap()");

    /// <summary>
    /// Why two readings cannot be compared: events count other roots than memory does, and what only events tell would be new, or what they do not tell gone. Empty where they can be.
    /// </summary>
    internal static ImmutableArray<ReadingRefusal> NotAlike(HeapResources? before, HeapResources? after) =>
        before is null || after is null || ByEvents(before) == ByEvents(after) ? []
        : Refused($"the heap was read {WordsOf(before)} before and {WordsOf(after)} after, which do not see the same: take both readings once more");

    /// <summary>Asks the tool. Where that does not work, the snapshot says why.</summary>
    internal static ResourceSnapshot AddTo(ResourceSnapshot snapshot, string? tool)
    {
        ImmutableArray<ReadingRefusal> rest = snapshot.Refusals.RemoveRange(NotCaptured);
        try
        {
            using ToolSession session = ToolSession.Open(tool);
            JsonElement answer = session.Ask(json => json.WriteString("do", "heap"));
            TraceOrigin origin = TraceOrigin.Read(answer);
            bool tellsPending = answer.TryGetProperty(Pending, out _);
            HeapResources heap = new()
            {
                Instances = Counts(answer, "instances"),
                PendingOperations = tellsPending ? Counts(answer, Pending) : null,
                Handles = Counts(answer, "handles"),
                Way = origin.Way,
                WayRefusals = origin.Refusals,
            };
            ReadingRefusal[] untold =
            [
                .. tellsPending ? [] : new[] { new ReadingRefusal(PendingWords, string.Join(' ', ["the events of the runtime do not say which async methods have ended.", .. origin.Refusals]).TrimEnd('.')) },
                .. answer.TryGetProperty("incomplete", out JsonElement why) ? new[] { new ReadingRefusal("a part of the heap", why.GetString()!) } : [],
            ];
            return snapshot with { Heap = heap, Refusals = [.. rest, .. untold] };
        }
        catch (LimpetException refusal)
        {
            return snapshot with { Refusals = rest.AddRange(Refused(refusal.Message.TrimEnd('.'))) };
        }
    }

    private static bool ByEvents(HeapResources heap) => heap.Way == CaptureWay.EventPipe;

    private static string WordsOf(HeapResources heap) => ByEvents(heap) ? "by events" : "from memory";

    private static ImmutableArray<ReadingRefusal> Refused(string reason) =>
        [.. new[] { "instances", PendingWords, "GC handles" }.Select(what => new ReadingRefusal(what, reason))];

    private static ImmutableArray<NamedCount> Counts(JsonElement answer, string name) =>
        [.. answer.GetProperty(name).EnumerateObject().Select(entry => new NamedCount(entry.Name, entry.Value.GetInt32()))];
}
