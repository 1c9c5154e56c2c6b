using System.Runtime.CompilerServices;

namespace Limpet.TestTargets;

/// <summary>Keeps the last operations in a ring of 512 places. Leaky means here: it does so. Fixed: it keeps none. Never a leak.</summary>
internal sealed class RingTarget(bool leaky) : LeakTarget(leaky)
{
    private static readonly Subject?[] s_last = new Subject?[512];

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number) => s_last[number % s_last.Length] = Leaky ? new Subject(number) : null;

    protected override int CheckedOperations => 2_000;

    protected override long Declared(int operations) => Leaky ? 512 : 0;
}
