using System.Runtime.CompilerServices;

namespace Limpet.TestTargets;

/// <summary>Each operation queues 1 Subject; every 50th sends the batch. Fixed: the queue is empty then, so it goes 0…49 for ever.
/// Leaky: each batch leaves 10 Subjects behind, so a saw-tooth on a slope of 0.2 per operation.</summary>
/// <remarks><code>
/// static s_queue  ─→ List&lt;Subject&gt; ─→ Subject                              operations mod 50
/// static s_unsent ─→ List&lt;Subject&gt; ─→ Subject                              10 for every batch, leaky only
/// </code></remarks>
internal sealed class SawtoothQueueTarget(bool leaky) : LeakTarget(leaky)
{
    private const int Batch = 50;
    private const int LeftBehind = 10;

    private static readonly List<Subject> s_queue = [];
    private static readonly List<Subject> s_unsent = [];

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        s_queue.Add(new Subject(number));
        if (number % Batch != 0)
        {
            return;
        }

        if (Leaky)
        {
            s_unsent.AddRange(s_queue.Take(LeftBehind));
        }

        s_queue.Clear();
    }

    protected override int CheckedOperations => 333;

    protected override long Declared(int operations) => (operations % Batch) + (Leaky ? operations / Batch * LeftBehind : 0);
}
