using Limpet.Heap;
using Microsoft.Diagnostics.Runtime;

namespace Limpet.Capture.Live;

/// <summary>
/// Where collections and buffers of the base library keep the number of their elements. What they hold is no object of its own where it is a number or a struct, and the
/// array that it lies in grows in steps: only this number tells how they fill.
/// </summary>
internal static class CollectionCounts
{
    private const int HeaderPointer = 8;

    /// <summary>The ends of a concurrent queue lie on cache lines of their own: the head on the second of their struct, the tail on the third.</summary>
    private const int CacheLine = 64;

    private static readonly Known[] s_known =
    [
        new("System.Collections.Generic.List<", "_size"),
        new("System.Collections.Generic.Dictionary<", "_count", "_freeCount"),
        new("System.Collections.Generic.HashSet<", "_count", "_freeCount"),
        new("System.Collections.Generic.Queue<", "_size"),
        new("System.Collections.Generic.Stack<", "_size"),
        new("System.Collections.Generic.PriorityQueue<", "_size"),
        new("System.Collections.Generic.SortedList<", "_size"),
        new("System.Collections.Generic.Deque<", "_size"),
        new("System.Collections.Generic.OrderedDictionary<", "_count"),
        new("System.Collections.ArrayList", "_size"),
        new("System.IO.MemoryStream", "_length"),
        new("System.Text.StringBuilder", "m_ChunkLength") { Before = "m_ChunkOffset" },
        new("System.Buffers.ArrayBufferWriter<", "_index"),
        new("System.Collections.Concurrent.ConcurrentBag<", "_tailIndex", "_headIndex") { Nested = "+WorkStealingQueue" },
        new("System.Collections.Concurrent.ConcurrentQueueSegment<", "_headAndTail", "_headAndTail", "_slotsMask") { UsedWithin = 2 * CacheLine, FreeWithin = CacheLine },
    ];

    /// <summary>Where objects of a type keep it; null for a type that is no such collection.</summary>
    /// <param name="type">The type.</param>
    /// <param name="offsetOf">Finds a field that a type declares, counted from the first one; null when it is not there.</param>
    public static CountPlace? PlaceIn(ClrType type, Func<ulong, string, int?> offsetOf)
    {
        foreach ((string name, ClrType at) in NamedTypes.WithBases(type))
        {
            if (s_known.FirstOrDefault(known => known.Is(name)) is { } known && offsetOf(at.MethodTable, known.Used) is { } used)
            {
                // A field that has another name in another version: then nothing is known, which is less wrong than what the others say.
                int? free = Place(at, known.Free, known.FreeWithin), mask = Place(at, known.Mask, 0), before = Place(at, known.Before, 0);
                return free is null || mask is null || before is null ? null
                    : new CountPlace(used + HeaderPointer + known.UsedWithin, free.Value, mask.Value) { Before = before.Value, Fewest = known.Mask is not null || known.Nested is not null ? 1 : NodeFacts.FewestElements };
            }
        }

        return null;

        int? Place(ClrType owner, string? field, int within) => field is null ? 0 : offsetOf(owner.MethodTable, field) + HeaderPointer + within;
    }

    /// <summary>A type and its fields.</summary>
    private sealed record Known(string Type, string Used, string? Free = null, string? Mask = null)
    {
        public string? Nested { get; init; }

        /// <summary>Where the last piece of several says how much is in those before it.</summary>
        public string? Before { get; init; }

        public int UsedWithin { get; init; }

        public int FreeWithin { get; init; }

        /// <summary>Nested types that are not named, such as enumerators and entries, are none; nor are arrays.</summary>
        public bool Is(string name) => Nested is null ? NamedTypes.Is(name, Type) : name.StartsWith(Type, StringComparison.Ordinal) && name.EndsWith(Nested, StringComparison.Ordinal);
    }
}
