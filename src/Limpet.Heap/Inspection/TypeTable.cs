using System.Collections.Immutable;
using Limpet.Heap.Dominators;
using Limpet.Heap.Holders;
using Limpet.Heap.Paths;
using Limpet.Results;

namespace Limpet.Heap.Inspection;

/// <summary>Types by count, own size and retained size. Types of one name, from several load contexts, are one line. O(nodes).</summary>
internal static class TypeTable
{
    public static ImmutableArray<TypeUse> Of(DominatorTree dominators)
    {
        HeapGraph graph = dominators.Graph;
        string[] names = [.. graph.Types.Select(type => type.Name).Distinct()];
        Dictionary<string, int> groupOf = names.Select((name, group) => (name, group)).ToDictionary(entry => entry.name, entry => entry.group);
        int[] groupOfType = [.. graph.Types.Select(type => groupOf[type.Name])];
        long[] counts = new long[names.Length];
        long[] bytes = new long[names.Length];
        foreach (int node in dominators.Order)
        {
            int group = groupOfType[graph.TypeIndexOf(new NodeIndex(node)).Value];
            counts[group]++;
            bytes[group] += graph.SizeOf(new NodeIndex(node));
        }

        RetainedSize[] retained = RetainedUnion.ByType(dominators, groupOfType, names.Length);
        return
        [
            .. names.Select((name, group) => new TypeUse(SourceNames.Type(name), counts[group], new ByteSize(bytes[group]), new ByteSize(retained[group].Bytes)) { FullType = FullNameOf(name) })
                .Where(type => type.Count > 0),
        ];
    }

    private static string? FullNameOf(string name) => SourceNames.Type(name).Contains('…', StringComparison.Ordinal) && !name.Contains('…', StringComparison.Ordinal) ? name : null;

    /// <summary>Those whose name has a part in it, sorted.</summary>
    /// <exception cref="LimpetException">There is none.</exception>
    public static ImmutableArray<TypeUse> Choose(ImmutableArray<TypeUse> types, InspectionOptions options)
    {
        IEnumerable<TypeUse> chosen = types.Where(type => options.Type is null || type.Type.Contains(options.Type, StringComparison.OrdinalIgnoreCase));
        ImmutableArray<TypeUse> sorted =
        [
            .. chosen
                .OrderByDescending(type => options.Sort switch
                {
                    TypeOrder.Count => type.Count,
                    TypeOrder.Bytes => type.Bytes.Bytes,
                    _ => type.Retained.Bytes,
                })
                .ThenBy(type => type.Type, StringComparer.Ordinal),
        ];
        return sorted.Length > 0 || options.Type is null ? sorted : throw TypeMatch.NotFound([.. types.Select(type => type.Type)], options.Type);
    }
}
