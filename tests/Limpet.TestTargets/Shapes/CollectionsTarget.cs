using System.Buffers;
using System.Collections;
using System.Collections.Concurrent;
using System.Text;
using System.Threading.Channels;

namespace Limpet.TestTargets;

/// <summary>Collections of the base library that have not as many elements as they once had, and what looks like one and is none.</summary>
/// <remarks><code>
/// counted:  s_list 20   s_lists 22   s_ledger 21 (derived, with a field _size of its own that says 9,999)   s_dictionary 60 − 19   s_set 70 − 27   s_queue 50 − 6   s_stack 45
///           s_priority 46   s_sorted 47   s_array 48   s_bag 20 + 10 + 11 + 12 − 1, by four threads that live   s_concurrent 1,000 − 300, in several segments
///           s_observed 40 − 5, with an enumerator that has begun   s_channel 54, in a queue of the channel
///           s_ordered 49 (since .NET 9)   s_text 20,100, in several pieces   s_bytes 300 of 500   s_written 64
/// not:      s_small (15 elements)   s_views: enumerators, keys, values, views   s_pairs: an array   s_linked, s_tree, s_map: kinds that keep no number in a field, or not one that Limpet knows
/// </code></remarks>
internal sealed class CollectionsTarget : Target
{
    private static readonly List<long> s_list = [.. Numbers(20)];
    private static readonly List<List<long>> s_lists = [.. Enumerable.Range(0, 22).Select(_ => new List<long>())];
    private static readonly Ledger s_ledger = [.. Numbers(21)];
    private static readonly Dictionary<long, int> s_dictionary = Numbers(60).ToDictionary(number => number, _ => 1);
    private static readonly HashSet<long> s_set = [.. Numbers(70)];
    private static readonly Queue<long> s_queue = new(Numbers(50));
    private static readonly Stack<long> s_stack = new(Numbers(45));
    private static readonly PriorityQueue<long, int> s_priority = new();
    private static readonly SortedList<long, int> s_sorted = new(Numbers(47).ToDictionary(number => number, _ => 1));
    private static readonly ArrayList s_array = new(Numbers(48).ToArray());
    private static readonly ConcurrentBag<long> s_bag = [];
    private static readonly ConcurrentQueue<long> s_concurrent = [];
    private static readonly ConcurrentQueue<long> s_observed = new(Numbers(40));
    private static readonly Channel<long> s_channel = Channel.CreateBounded<long>(1_000);

    private static readonly StringBuilder s_text = new();
    private static readonly MemoryStream s_bytes = new();
    private static readonly ArrayBufferWriter<byte> s_written = new();

#if NET9_0_OR_GREATER
    private static readonly OrderedDictionary<long, int> s_ordered = new(Numbers(49).Select(number => KeyValuePair.Create(number, 1)));
#endif

    private static readonly List<long> s_small = [.. Numbers(15)];
    private static readonly List<object> s_views = [];
    private static readonly KeyValuePair<long, int>[] s_pairs = [.. Numbers(100).Select(number => KeyValuePair.Create(number, 1))];
    private static readonly LinkedList<long> s_linked = new(Numbers(100));
    private static readonly SortedSet<long> s_tree = [.. Numbers(100)];
    private static readonly ConcurrentDictionary<long, int> s_map = new(s_pairs);

    public override string Build()
    {
        foreach (long number in Numbers(46))
        {
            s_priority.Enqueue(number, 1);
        }

        foreach (long number in Numbers(54))
        {
            s_channel.Writer.TryWrite(number);
        }

        Remove();
        FillBag();
        foreach (long number in Numbers(1_000))
        {
            s_concurrent.Enqueue(number);
        }

        for (int taken = 0; taken < 300; taken++)
        {
            s_concurrent.TryDequeue(out _);
        }

        IEnumerator<long> observer = s_observed.GetEnumerator();
        observer.MoveNext();
        for (int taken = 0; taken < 5; taken++)
        {
            s_observed.TryDequeue(out _);
        }

        s_views.AddRange(
        [
            observer, s_list.GetEnumerator(), s_list.AsReadOnly(), s_dictionary.GetEnumerator(), s_dictionary.Keys, s_dictionary.Values, s_set.GetEnumerator(), s_queue.GetEnumerator(), s_stack.GetEnumerator(),
            s_priority.UnorderedItems, s_sorted.Keys, s_sorted.Values, s_array.GetEnumerator(), s_array.GetRange(0, 40), ArrayList.Synchronized(s_array), s_bag.GetEnumerator(), s_linked.GetEnumerator(), s_tree.GetViewBetween(1, 90), s_map.GetEnumerator(),
        ]);
        for (int line = 0; line < 201; line++)
        {
            s_text.Append('x', 100);
        }

        s_bytes.Write(new byte[500]);
        s_bytes.SetLength(300);
        s_written.Write(new byte[64]);
#if NET9_0_OR_GREATER
        GC.KeepAlive(s_ordered);
#endif
        GC.KeepAlive(s_lists);
        GC.KeepAlive(s_ledger);
        GC.KeepAlive(s_small);
        return $"collections={s_views.Count}";
    }

    private static IEnumerable<long> Numbers(int count) => Enumerable.Range(0, count).Select(number => (long)number);

    private static void Remove()
    {
        foreach (long number in Numbers(19))
        {
            s_dictionary.Remove(number * 3);
        }

        foreach (long number in Numbers(27))
        {
            s_set.Remove(number * 2);
        }

        foreach (long _ in Numbers(6))
        {
            s_queue.Dequeue();
        }
    }

    /// <summary>Each thread has a part of the bag, and holds it itself as long as it lives.</summary>
    private static void FillBag()
    {
        Add(20);
        s_bag.TryTake(out _);
        using CountdownEvent parked = new(3);
        foreach (int count in (int[])[10, 11, 12])
        {
            new Thread(() =>
            {
                Add(count);
                parked.Signal();
                Park.Forever();
            }) { IsBackground = true }.Start();
        }

        parked.Wait();
    }

    private static void Add(int count)
    {
        foreach (long number in Numbers(count))
        {
            s_bag.Add(number);
        }
    }

    internal sealed class Ledger : List<long>
    {
        private readonly int _size = 9_999;

        public int Size => _size;
    }
}
