using System.Collections.Immutable;

namespace Limpet.Resources;

/// <summary>Compares two readings kind by kind. Where things have an identity (descriptors, processes) one that was replaced by another is one gone and one new.</summary>
internal sealed class ChangeList
{
    private readonly List<ResourceChange> found = [];
    private readonly HashSet<ResourceKind> compared = [];

    public ImmutableArray<ResourceChange> Found => [.. found.OrderBy(change => change.Kind).ThenByDescending(change => change.Growth).ThenBy(change => change.Name, StringComparer.Ordinal)];

    public ImmutableHashSet<ResourceKind> Compared => [.. compared];

    public void Descriptors(ResourceSnapshot before, ResourceSnapshot after)
    {
        if (before.Descriptors is { } old && after.Descriptors is { } now)
        {
            ILookup<bool, Descriptor> added = DescriptorGroups.Added(old, now).ToLookup(IsLoaded), gone = DescriptorGroups.Added(now, old).ToLookup(IsLoaded);
            foreach (bool byRuntime in (bool[])[false, true])
            {
                Counts(
                    ResourceKind.Descriptor,
                    DescriptorGroups.Of([.. added[byRuntime]], after.Sockets),
                    DescriptorGroups.Of([.. gone[byRuntime]], before.Sockets),
                    _ => byRuntime);
            }
        }

        bool IsLoaded(Descriptor descriptor) => RuntimeFiles.IsByRuntime(descriptor.Target, after);
    }

    public void Threads(ResourceSnapshot before, ResourceSnapshot after)
    {
        if (before.Threads is not null && after.Threads is not null)
        {
            Named(ResourceKind.Thread, Patterns(before.Threads), Patterns(after.Threads), RuntimeThreads.IsByRuntime);
        }

        static ImmutableArray<NamedCount> Patterns(ImmutableSortedDictionary<string, int> threads) =>
        [
            .. threads.GroupBy(thread => RuntimeThreads.IsByRuntime(thread.Key) ? thread.Key : NamePattern.Of(thread.Key), thread => thread.Value)
                .Select(group => new NamedCount(group.Key, group.Sum())),
        ];
    }

    public void Children(ResourceSnapshot before, ResourceSnapshot after)
    {
        if (before.Children is { } old && after.Children is { } now)
        {
            HashSet<(int, long)> known = [.. old.Select(child => (child.Pid, child.StartTime))], kept = [.. now.Select(child => (child.Pid, child.StartTime))];
            Counts(
                ResourceKind.ChildProcess,
                ByName(now.Where(child => !known.Contains((child.Pid, child.StartTime)))),
                ByName(old.Where(child => !kept.Contains((child.Pid, child.StartTime)))));
        }

        static ImmutableArray<NamedCount> ByName(IEnumerable<ProcessEntry> children) =>
            [.. children.GroupBy(child => child.Ended ? $"{child.Name}, ended and not reaped" : child.Name, StringComparer.Ordinal).Select(group => new NamedCount(group.Key, group.Count()))];
    }

    public void MappedFiles(ResourceSnapshot before, ResourceSnapshot after)
    {
        if (before.MappedFiles is { } old && after.MappedFiles is { } now)
        {
            Counts(ResourceKind.MappedFile, Each(now.Except(old)), Each(old.Except(now)), file => RuntimeFiles.IsByRuntime(file, after));
        }

        static ImmutableArray<NamedCount> Each(IEnumerable<string> files) => [.. files.Select(file => new NamedCount(file, 1))];
    }

    public void Named(ResourceKind kind, ImmutableArray<NamedCount>? before, ImmutableArray<NamedCount>? after, Func<string, bool>? byRuntime = null)
    {
        if (before is not { } old || after is not { } now)
        {
            return;
        }

        compared.Add(kind);
        Dictionary<string, int> counts = old.ToDictionary(one => one.Name, one => one.Count, StringComparer.Ordinal);
        foreach (NamedCount one in now)
        {
            counts.Remove(one.Name, out int was);
            Number(kind, one.Name, was, one.Count, byRuntime?.Invoke(one.Name) == true);
        }

        foreach ((string name, int was) in counts)
        {
            Number(kind, name, was, 0, byRuntime?.Invoke(name) == true);
        }
    }

    public void Number(ResourceKind kind, string name, long before, long after, bool byRuntime = false)
    {
        compared.Add(kind);
        if (before != after)
        {
            found.Add(new ResourceChange(kind, name, Math.Max(0, after - before), Math.Max(0, before - after), byRuntime));
        }
    }

    private void Counts(ResourceKind kind, ImmutableArray<NamedCount> appeared, ImmutableArray<NamedCount> gone, Func<string, bool>? byRuntime = null)
    {
        compared.Add(kind);
        foreach (string name in appeared.Concat(gone).Select(one => one.Name).Distinct(StringComparer.Ordinal))
        {
            found.Add(new ResourceChange(kind, name, Of(appeared, name), Of(gone, name), byRuntime?.Invoke(name) == true));
        }

        static long Of(ImmutableArray<NamedCount> counts, string name) => counts.Where(one => one.Name == name).Sum(one => (long)one.Count);
    }
}
