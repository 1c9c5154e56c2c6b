using System.Runtime.CompilerServices;

namespace Limpet.TestTargets;

/// <summary>Each operation opens a file. Leaky: it is dropped without Dispose, so the descriptor stays open until a GC and the finalizer:
/// delayed, not leaked; settled 0. Fixed: it is disposed, 0 at any time.</summary>
/// <remarks><code>
/// (no root) FileStream ─→ … ─→ SafeFileHandle (finalizable) ┄→ descriptor of /proc/self/stat
/// </code></remarks>
internal sealed class FinalizableHandlesTarget(bool leaky) : LeakTarget(leaky)
{
    private int _before;
    private int _openAtEnd;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        FileStream file = new("/proc/self/stat", FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        if (!Leaky)
        {
            file.Dispose();
        }

        if (Subjects.Counting && number == CheckedOperations)
        {
            _openAtEnd = OwnProcess.Descriptors - _before;
        }
    }

    protected override void StartMeasuring() => _before = OwnProcess.Descriptors;

    protected override long Declared(int operations) => 0;

    /// <summary>Open descriptors after the protocol; -1 where the descriptors were not held until then, or held without need.</summary>
    protected override long Measured() => _openAtEnd == (Leaky ? CheckedOperations : 0) ? OwnProcess.Descriptors - _before : -1;
}
