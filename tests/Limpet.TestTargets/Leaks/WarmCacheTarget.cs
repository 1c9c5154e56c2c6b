using System.Runtime.CompilerServices;

namespace Limpet.TestTargets;

/// <summary>A cache of 40 keys that is warm after 40 operations. Fixed: that is all. Leaky: each operation also leaves 1 Subject in a
/// list beside it.</summary>
/// <remarks><code>
/// static s_cache  ─→ Dictionary&lt;int, Subject&gt; ─→ Entry[] ─→ Subject         min(operations, 40)
/// static s_recent ─→ List&lt;Subject&gt; ─→ Subject                              1 per operation, leaky only
/// </code></remarks>
internal sealed class WarmCacheTarget(bool leaky) : LeakTarget(leaky)
{
    private const int Keys = 40;

    private static readonly Dictionary<int, Subject> s_cache = [];
    private static readonly List<Subject> s_recent = [];

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        if (!s_cache.ContainsKey(number % Keys))
        {
            s_cache.Add(number % Keys, new Subject(number));
        }

        if (Leaky)
        {
            s_recent.Add(new Subject(number));
        }
    }

    protected override long Declared(int operations) => Math.Min(operations, Keys) + (Leaky ? operations : 0);
}
