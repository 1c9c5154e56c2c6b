using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Limpet.TestTargets;

/// <summary>Each operation takes 64 KiB of native memory and writes to all of it. Leaky: it is never freed, 65,536 bytes per operation
/// and no managed object. Fixed: 0.</summary>
internal sealed unsafe class NativeTarget(bool leaky) : LeakTarget(leaky)
{
    private const int Size = 64 * 1024;

    private static long s_outstanding;
    private long _residentBefore;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        void* block = NativeMemory.Alloc(Size);
        NativeMemory.Fill(block, Size, (byte)number);
        s_outstanding++;
        if (!Leaky)
        {
            NativeMemory.Free(block);
            s_outstanding--;
        }
    }

    /// <summary>Many operations, so that the memory stands out from what the runtime itself takes.</summary>
    protected override int CheckedOperations => 2_000;

    protected override void StartMeasuring()
    {
        Settling.Settle();
        _residentBefore = OwnProcess.ResidentKilobytes;
    }

    protected override long Declared(int operations) => Leaky ? operations : 0;

    /// <summary>The blocks outstanding, where the kernel agrees within ten percent of what 2,000 blocks weigh.</summary>
    protected override long Measured()
    {
        long grown = OwnProcess.ResidentKilobytes - _residentBefore;
        long expected = s_outstanding * Size / 1024;
        return Math.Abs(grown - expected) < CheckedOperations * Size / 1024 / 10 ? s_outstanding : -grown;
    }
}
