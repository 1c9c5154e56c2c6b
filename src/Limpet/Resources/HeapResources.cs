using System.Collections.Immutable;
using System.Text.Json;
using Limpet.Results;
using Limpet.Tool;

namespace Limpet.Resources;

/// <summary>What only a capture of the heap shows. Objects of this library are left out, and garbage is.</summary>
public sealed record HeapResources
{
    /// <summary>Reachable objects by type.</summary>
    public required ImmutableArray<NamedCount> Instances { get; init; }

    /// <summary>Async methods that have begun and not ended, by method.</summary>
    public required ImmutableArray<NamedCount> PendingOperations { get; init; }

    /// <summary>GC handles that hold an object, by kind. Weak ones hold none and are not counted.</summary>
    public required ImmutableArray<NamedCount> Handles { get; init; }

    /// <summary>What a snapshot without a capture does not have, and what to do for it.</summary>
    internal static ImmutableArray<ReadingRefusal> NotCaptured { get; } = Refused("only a capture of the heap shows them: take the reading with ResourceSnapshot.TakeWithHeap()");

    /// <summary>Asks the tool. Where that does not work, the snapshot says why.</summary>
    internal static ResourceSnapshot AddTo(ResourceSnapshot snapshot, string? tool)
    {
        ImmutableArray<ReadingRefusal> rest = snapshot.Refusals.RemoveRange(NotCaptured);
        try
        {
            using ToolSession session = ToolSession.Open(tool);
            JsonElement answer = session.Ask(json => json.WriteString("do", "heap"));
            HeapResources heap = new()
            {
                Instances = Counts(answer, "instances"),
                PendingOperations = Counts(answer, "pendingOperations"),
                Handles = Counts(answer, "handles"),
            };
            return snapshot with
            {
                Heap = heap,
                Refusals = answer.TryGetProperty("incomplete", out JsonElement why) ? rest.Add(new ReadingRefusal("a part of the heap", why.GetString()!)) : rest,
            };
        }
        catch (LimpetException refusal)
        {
            return snapshot with { Refusals = rest.AddRange(Refused(refusal.Message.TrimEnd('.'))) };
        }
    }

    private static ImmutableArray<ReadingRefusal> Refused(string reason) =>
        [.. new[] { "instances", "pending async operations", "GC handles" }.Select(what => new ReadingRefusal(what, reason))];

    private static ImmutableArray<NamedCount> Counts(JsonElement answer, string name) =>
        [.. answer.GetProperty(name).EnumerateObject().Select(entry => new NamedCount(entry.Name, entry.Value.GetInt32()))];
}
