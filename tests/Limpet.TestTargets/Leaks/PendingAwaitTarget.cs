using System.Runtime.CompilerServices;

namespace Limpet.TestTargets;

/// <summary>Each operation asks for a reply and awaits it. Leaky: the reply never comes, 1 pending PlaceOrderAsync and 1 Subject per
/// operation stay. Fixed: it comes, 0.</summary>
/// <remarks><code>
/// static s_replies ─→ Dictionary&lt;int, TaskCompletionSource&gt; ─→ TaskCompletionSource ─→ Task ─continuation→ PlaceOrderAsync ─subject→ Subject
/// </code></remarks>
internal sealed class PendingAwaitTarget(bool leaky) : LeakTarget(leaky)
{
    private static readonly Dictionary<int, TaskCompletionSource> s_replies = [];
    private static int s_placed;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        Task order = PlaceOrderAsync(number);
        if (!Leaky && s_replies.Remove(number, out TaskCompletionSource? reply))
        {
            reply.SetResult();
            order.Wait();
        }
    }

    protected override long Declared(int operations) => Leaky ? operations : 0;

    private static async Task PlaceOrderAsync(int number)
    {
        Subject subject = new(number);
        TaskCompletionSource reply = new();
        s_replies.Add(number, reply);
        await reply.Task;
        s_placed += subject.Weight;
    }
}
