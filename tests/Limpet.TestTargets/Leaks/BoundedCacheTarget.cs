using System.Runtime.CompilerServices;

namespace Limpet.TestTargets;

/// <summary>Each operation caches 1 Subject under a new key. Fixed: the oldest goes above 300, so it grows 1 per operation and then
/// stops. Leaky: nothing ever goes.</summary>
/// <remarks><code>
/// static s_cache ─→ Dictionary&lt;int, Subject&gt; ─→ Entry[] ─→ Subject          min(operations, 300) Subjects
/// </code></remarks>
internal sealed class BoundedCacheTarget(bool leaky) : LeakTarget(leaky)
{
    private const int Cap = 300;

    private static readonly Dictionary<int, Subject> s_cache = [];

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        s_cache.Add(number, new Subject(number));
        if (!Leaky)
        {
            s_cache.Remove(number - Cap);
        }
    }

    protected override int CheckedOperations => 1_000;

    protected override long Declared(int operations) => Leaky ? operations : Math.Min(operations, Cap);
}
