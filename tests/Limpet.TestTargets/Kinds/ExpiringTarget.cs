using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Limpet.TestTargets;

/// <summary>Each operation leaves an entry that a sweep takes away after a second. Leaky means here: it does so. Never a leak.</summary>
internal sealed class ExpiringTarget(bool leaky) : LeakTarget(leaky)
{
    private static readonly TimeSpan s_life = TimeSpan.FromSeconds(1);
    private static readonly ConcurrentDictionary<int, (Subject Entry, long Since)> s_entries = [];
    private static Timer? s_sweep;

    public override string Build()
    {
        s_sweep = new Timer(_ => Sweep(), null, TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(100));
        return "";
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        if (Leaky)
        {
            s_entries[number] = (new Subject(number), Environment.TickCount64);
        }
    }

    protected override long Declared(int operations) => 0;

    protected override long Measured()
    {
        SpinWait.SpinUntil(() => s_entries.IsEmpty, TimeSpan.FromSeconds(5));
        return s_entries.Count;
    }

    private static void Sweep()
    {
        foreach ((int number, (_, long since)) in s_entries)
        {
            if (Environment.TickCount64 - since > s_life.TotalMilliseconds)
            {
                s_entries.TryRemove(number, out _);
            }
        }
    }
}
