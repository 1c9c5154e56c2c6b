using System.Collections.Immutable;
using Limpet.Heap.Code;
using Limpet.Heap.Growth;
using Limpet.Heap.Paths;
using Limpet.Heap.Strings;
using Limpet.Results;

namespace Limpet.Heap.Inspection;

/// <summary>Says of groups of equal strings who holds them: the member of the source that holds most of a group, and the way to one of those. O(nodes).</summary>
internal static class DuplicateStrings
{
    private static readonly TraceStatus NotJudged = new(LeakingStatus.Unknown, "one capture tells what it holds, not whether it should");

    public static ImmutableArray<DuplicateString> Of(MergedPaths merged, StringGroups? groups, ICodeFacts? code)
    {
        if (groups is null || groups.Largest.Length == 0)
        {
            return [];
        }

        HeapStrings strings = merged.Graph.Strings!;
        Dictionary<int, (long Count, NodeIndex Example)>[] byPath = PathsOf(merged, strings, groups.Largest);
        TraceBuilder builder = new(merged, code);
        return [.. groups.Largest.Select((group, index) => Describe(merged, builder, strings, group, byPath[index]))];
    }

    /// <summary>For each group how many of it lie on each merged path.</summary>
    private static Dictionary<int, (long Count, NodeIndex Example)>[] PathsOf(MergedPaths merged, HeapStrings strings, ImmutableArray<StringGroup> groups)
    {
        Dictionary<int, (long Count, NodeIndex Example)>[] byPath = [.. groups.Select(_ => new Dictionary<int, (long, NodeIndex)>())];
        Dictionary<StringPrint, int> groupOf = groups.Select((group, index) => (group.Print, index)).ToDictionary(entry => entry.Print, entry => entry.index);
        int place = 0;
        foreach (int node in ReachedStrings.NodesOf(merged.Graph))
        {
            if (groupOf.TryGetValue(strings[place++], out int group) && merged.PathOf(new NodeIndex(node)) is >= 0 and var path)
            {
                (long count, NodeIndex example) = byPath[group].GetValueOrDefault(path, (0, new NodeIndex(node)));
                byPath[group][path] = (count + 1, example);
            }
        }

        return byPath;
    }

    private static DuplicateString Describe(MergedPaths merged, TraceBuilder builder, HeapStrings strings, StringGroup group, Dictionary<int, (long Count, NodeIndex Example)> paths)
    {
        var (container, held) = paths
            .GroupBy(path => GrowthContainer.Above(merged.Paths.StepsTo(path.Key)).Name)
            .Select(container => (container.Key, Paths: container.OrderByDescending(path => path.Value.Count).ThenBy(path => path.Value.Example.Value).ToArray()))
            .OrderByDescending(container => container.Paths.Sum(path => path.Value.Count))
            .ThenBy(container => container.Key, StringComparer.Ordinal)
            .First();
        return new DuplicateString(
            group.Print.Length,
            group.Print.Hash,
            group.Count,
            new ByteSize(group.Count * group.Print.Bytes),
            new ByteSize(group.SavableBytes),
            container,
            held.Sum(path => path.Value.Count),
            builder.Build(held[0].Value.Example, _ => NotJudged)!.Trace)
        {
            Text = strings.Texts?.GetValueOrDefault(group.Print),
        };
    }
}
