using System.Runtime;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Limpet.TestTargets;

/// <summary>Objects that only GC handles hold which were made on each processor: the server GC has a table of handles for each.</summary>
/// <remarks><code>
/// strong handle ─→ Parcel        100 for each processor
/// dependent handle: s_label ┄→ Stamp     100 for each processor
/// </code></remarks>
internal sealed class ProcessorHandlesTarget : Target
{
    private const int OfEach = 100;
    private static readonly object s_label = new();
    private static readonly List<DependentHandle> s_dependents = [];

    public override string Build()
    {
        int all = 0;
        for (int processor = 0; processor < Math.Min(Environment.ProcessorCount, 64); processor++)
        {
            ulong only = 1UL << processor;
            Thread thread = new(() =>
            {
                if (SetAffinity(0, sizeof(ulong), ref only) != 0)
                {
                    return; // this processor is not for us
                }

                for (int count = 0; count < OfEach; count++, all++)
                {
                    Hold();
                    s_dependents.Add(Stick());
                }
            });
            thread.Start();
            thread.Join();
        }

        Settling.Settle();
        return $"Parcel={all} Stamp={all}";
    }

    [DllImport("libc", EntryPoint = "sched_setaffinity")]
    private static extern int SetAffinity(int thread, nint size, ref ulong processors);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Hold() => _ = GCHandle.Alloc(new Parcel(), GCHandleType.Normal);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static DependentHandle Stick() => new(s_label, new Stamp());

    internal sealed class Parcel;

    internal sealed class Stamp;
}
