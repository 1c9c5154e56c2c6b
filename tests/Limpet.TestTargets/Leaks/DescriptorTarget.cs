using System.Runtime.CompilerServices;

namespace Limpet.TestTargets;

/// <summary>Each operation opens a file. Leaky: 1 descriptor and 1 FileStream per operation stay open, held by a list. Fixed: 0.</summary>
/// <remarks><code>
/// static s_journals ─→ List&lt;FileStream&gt; ─→ FileStream ─→ … ─→ SafeFileHandle ┄→ descriptor of /proc/self/stat
/// </code></remarks>
internal sealed class DescriptorTarget(bool leaky) : LeakTarget(leaky)
{
    private static readonly List<FileStream> s_journals = [];
    private int _before;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        FileStream journal = new("/proc/self/stat", FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        journal.ReadByte();
        s_journals.Add(journal);
        if (!Leaky)
        {
            s_journals.Remove(journal);
            journal.Dispose();
        }
    }

    protected override void StartMeasuring() => _before = OwnProcess.Descriptors;

    protected override long Declared(int operations) => Leaky ? operations : 0;

    protected override long Measured() => OwnProcess.Descriptors - _before;
}
