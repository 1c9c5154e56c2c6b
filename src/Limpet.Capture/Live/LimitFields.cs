using Limpet.Heap;
using Microsoft.Diagnostics.Runtime;

namespace Limpet.Capture.Live;

/// <summary>Where channels, collections and caches keep how much they were told to hold at most: what is in them is bounded, be they as good as empty.</summary>
internal static class LimitFields
{
    private const int HeaderPointer = 8;

    private static readonly Known[] s_known =
    [
        new("System.Threading.Channels.BoundedChannel<", "_bufferedCapacity", FactKind.Limit, sizeof(int)),
        new("System.Collections.Concurrent.BlockingCollection<", "_boundedCapacity", FactKind.Limit, sizeof(int)),
        new("Microsoft.Extensions.Caching.Memory.MemoryCacheOptions", "_sizeLimit", FactKind.Limit, sizeof(long)),
        new("Microsoft.Extensions.Caching.Memory.MemoryCache+CoherentState", "_cacheSize", FactKind.Taken, sizeof(long)),
    ];

    /// <summary>Where objects of a type keep it; null for a type that keeps none.</summary>
    /// <param name="type">The type.</param>
    /// <param name="offsetOf">Finds a field that a type declares, counted from the first one; null when it is not there.</param>
    public static LimitPlace? PlaceIn(ClrType type, Func<ulong, string, int?> offsetOf)
    {
        foreach ((string name, ClrType at) in NamedTypes.WithBases(type))
        {
            if (s_known.FirstOrDefault(known => NamedTypes.Is(name, known.Type)) is { } known && offsetOf(at.MethodTable, known.Field) is { } offset)
            {
                return new LimitPlace(known.Kind, offset + HeaderPointer, known.Bytes);
            }
        }

        return null;
    }

    private sealed record Known(string Type, string Field, FactKind Kind, int Bytes);
}
