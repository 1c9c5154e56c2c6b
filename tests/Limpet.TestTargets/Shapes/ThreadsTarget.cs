using System.Runtime.CompilerServices;

namespace Limpet.TestTargets;

/// <summary>N parked threads, each with an object that only its stack holds.</summary>
/// <remarks><code>
/// thread "parked i" ─ HoldAndPark ─ local cargo ─→ StackCargo             N StackCargo, N threads beside the runtime's own
/// </code></remarks>
internal sealed class ThreadsTarget(int count) : Target
{
    private const int StackSize = 256 * 1024;

    public override string Build()
    {
        using CountdownEvent parked = new(count);
        for (int i = 0; i < count; i++)
        {
            int number = i;
            new Thread(() => HoldAndPark(number, parked), StackSize) { IsBackground = true, Name = $"parked {i}" }.Start();
        }

        parked.Wait();
        return $"StackCargo={count} threads={count}";
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void HoldAndPark(int number, CountdownEvent parked)
    {
        StackCargo cargo = new() { Number = number };
        parked.Signal();
        Park.Forever();
        GC.KeepAlive(cargo);
    }

    internal sealed class StackCargo
    {
        public int Number;
    }
}
