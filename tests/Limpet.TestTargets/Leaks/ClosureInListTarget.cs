using System.Runtime.CompilerServices;

namespace Limpet.TestTargets;

/// <summary>Each operation registers a callback to be run at shutdown. Leaky: 1 Action, 1 closure and 1 Subject per operation stay. Fixed: 0.</summary>
/// <remarks><code>
/// static s_atShutdown ─→ List&lt;Action&gt; ─→ Action ─_target→ closure of Operate ─subject→ Subject
/// </code></remarks>
internal sealed class ClosureInListTarget(bool leaky) : LeakTarget(leaky)
{
    private static readonly List<Action> s_atShutdown = [];

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        Subject subject = new(number);
        Action flush = () => GC.KeepAlive(subject);
        s_atShutdown.Add(flush);
        if (!Leaky)
        {
            flush();
            s_atShutdown.Remove(flush);
        }
    }

    protected override long Declared(int operations) => Leaky ? operations : 0;
}
