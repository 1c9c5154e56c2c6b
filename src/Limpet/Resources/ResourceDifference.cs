using System.Collections.Immutable;
using Limpet.Measuring;
using Limpet.Results;

namespace Limpet.Resources;

/// <summary>What came and went between two readings of this process.</summary>
public sealed record ResourceDifference
{
    /// <summary>What came or went, by kind and name; what stayed the same is left out.</summary>
    public required ImmutableArray<ResourceChange> Changes { get; init; }

    /// <summary>How memory changed, every kind that was read in both.</summary>
    public required ImmutableArray<MemoryChange> Memory { get; init; }

    /// <summary>What could not be compared, because one of the readings was refused it: nothing is known of these, and nothing is claimed.</summary>
    public required ImmutableArray<ReadingRefusal> Refusals { get; init; }

    /// <summary>
    /// Other measurements of this process that ran between the two readings. While there are any, nothing here can be attributed to one of them.
    /// Code that runs at the same time without measuring is not known here.
    /// </summary>
    public required ImmutableArray<string> Overlapping { get; init; }

    /// <summary>What there is more of than before, and what the runtime does not start and end by itself: the candidates for leaks.</summary>
    public IEnumerable<ResourceChange> New => Changes.Where(change => change is { Growth: > 0, ByRuntime: false });

    /// <summary>How many more there are of a kind, without what the runtime starts and ends by itself; null when the kind could not be compared.</summary>
    /// <param name="kind">The kind.</param>
    public long? GrowthOf(ResourceKind kind) =>
        Compared.Contains(kind) ? Changes.Where(change => change.Kind == kind && !change.ByRuntime).Sum(change => change.Growth) : null;

    /// <summary>The kinds that both readings have.</summary>
    public required ImmutableHashSet<ResourceKind> Compared { get; init; }

    internal static ResourceDifference Between(ResourceSnapshot before, ResourceSnapshot after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ChangeList changes = new();
        changes.Descriptors(before, after);
        changes.Threads(before, after);
        changes.Named(ResourceKind.Timer, before.Timers, after.Timers);
        changes.Named(ResourceKind.LoadContext, before.LoadContexts, after.LoadContexts);
        changes.Named(ResourceKind.DynamicAssembly, before.DynamicAssemblies, after.DynamicAssemblies);
        changes.Children(before, after);
        changes.MappedFiles(before, after);
        changes.Number(ResourceKind.QueuedWorkItem, "work item of the thread pool", before.Counts.QueuedWorkItems, after.Counts.QueuedWorkItems);
        changes.Number(ResourceKind.PinnedObject, "pinned object", before.PinnedObjects, after.PinnedObjects);
        changes.Number(ResourceKind.PendingFinalizer, "object that waits for its finalizer", before.FinalizersPending, after.FinalizersPending);
        ImmutableArray<ReadingRefusal> notAlike = HeapResources.NotAlike(before.Heap, after.Heap);
        if (notAlike.IsEmpty)
        {
            changes.Named(ResourceKind.Instance, before.Heap?.Instances, after.Heap?.Instances);
            changes.Named(ResourceKind.PendingOperation, before.Heap?.PendingOperations, after.Heap?.PendingOperations);
            changes.Named(ResourceKind.GCHandle, before.Heap?.Handles, after.Heap?.Handles);
        }

        return new ResourceDifference
        {
            Changes = changes.Found,
            Compared = changes.Compared,
            Memory = [.. after.Memory.Where(one => before.Memory.ContainsKey(one.Key)).Select(one => new MemoryChange(one.Key, before.Memory[one.Key], one.Value))],
            Refusals = [.. before.Refusals.Concat(after.Refusals).Concat(notAlike).Distinct()],
            Overlapping = RunningMeasurement.StrangersOf(after.Moment.In ?? before.Moment.In, before.Moment.At),
        };
    }
}
