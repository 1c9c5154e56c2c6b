using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Limpet.TestTargets;

/// <summary>
/// Each operation keeps three durations, one id, one number in a queue and a line of text, none of which is an object of its own. Leaky: for good. Fixed: the last 200
/// durations, ids and numbers, and no text; beside them what only looks like growth: a list that is filled and emptied at random, a queue whose length goes up and down, and for
/// each of 300 lanes the last 20 prices.
/// </summary>
internal sealed class TalliesTarget(bool leaky) : LeakTarget(leaky)
{
    private const int Kept = 200;
    private const string Line = "order shipped in time\n";

    private static readonly List<double> s_durations = [];
    private static readonly HashSet<Guid> s_seen = [];
    private static readonly Queue<Guid> s_order = [];
    private static readonly ConcurrentQueue<long> s_numbers = [];
    private static readonly List<int> s_scratch = [];
    private static readonly ConcurrentQueue<int> s_backlog = [];
    private static readonly Dictionary<int, List<decimal>> s_lanes = Enumerable.Range(0, 300).ToDictionary(lane => lane, _ => new List<decimal>());
    private static string s_journal = "";

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        Guid id = Guid.NewGuid();
        s_durations.AddRange([number, number / 2d, number / 3d]);
        s_seen.Add(id);
        s_numbers.Enqueue(number);
        if (Leaky)
        {
            s_journal += Line;
            return;
        }

        Work(number);
        s_order.Enqueue(id);
        if (s_order.Count > Kept)
        {
            s_seen.Remove(s_order.Dequeue());
            s_durations.RemoveRange(0, 3);
            s_numbers.TryDequeue(out _);
        }
    }

    private static void Work(int number)
    {
        Random random = new(number);
        s_scratch.Clear();
        s_scratch.AddRange(Enumerable.Range(0, random.Next(2_000)));
        for (int arriving = random.Next(40); arriving > 0; arriving--)
        {
            s_backlog.Enqueue(arriving);
        }

        while (s_backlog.Count > 300 || (random.Next(30) > 0 && s_backlog.TryDequeue(out _)))
        {
            s_backlog.TryDequeue(out _);
        }

        List<decimal> prices = s_lanes[number % s_lanes.Count];
        prices.Add(number);
        if (prices.Count > 20)
        {
            prices.RemoveAt(0);
        }
    }

    protected override int CheckedOperations => 1_000;

    protected override long Declared(int operations) => Leaky ? (5 * operations) + (operations * Line.Length) : 5 * Math.Min(operations, Kept);

    protected override long Measured() => s_durations.Count + s_seen.Count + s_numbers.Count + s_journal.Length;
}
