using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace Limpet.TestTargets;

/// <summary>Each operation opens a session under a new key, in a map that readers need no lock for. Leaky: 1 Subject per operation stays. Fixed: the session is removed, 0.</summary>
/// <remarks><code>
/// static s_sessions ─→ ImmutableDictionary&lt;int, Subject&gt; ─→ nodes ─value→ Subject
/// </code></remarks>
internal sealed class ImmutableEntryTarget(bool leaky) : LeakTarget(leaky)
{
    private static ImmutableDictionary<int, Subject> s_sessions = ImmutableDictionary<int, Subject>.Empty;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        ImmutableInterlocked.TryAdd(ref s_sessions, number, new Subject(number));
        if (!Leaky)
        {
            ImmutableInterlocked.TryRemove(ref s_sessions, number, out _);
        }
    }

    protected override long Declared(int operations) => Leaky ? operations : 0;
}
