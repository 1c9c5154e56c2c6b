using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Limpet.TestTargets;

/// <summary>Objects held by GC handles, or merely watched by them.</summary>
/// <remarks><code>
/// strong handle ─→ StrongCargo             3, only the handles hold them
/// pinned handle ─→ PinnedCargo             4, only the handles hold them
/// weak handle   ┄→ WeakCargo               2 held by s_kept, 5 dropped and gone
/// weak-track    ┄→ TrackedCargo            2 held by s_kept, 6 dropped and gone
/// </code></remarks>
internal sealed class HandlesTarget : Target
{
    private static readonly List<GCHandle> s_handles = [];
    private static readonly List<object> s_kept = [];

    public override string Build()
    {
        Hold(3, GCHandleType.Normal, () => new StrongCargo(), keep: 0);
        Hold(4, GCHandleType.Pinned, () => new PinnedCargo(), keep: 0);
        Hold(7, GCHandleType.Weak, () => new WeakCargo(), keep: 2);
        Hold(8, GCHandleType.WeakTrackResurrection, () => new TrackedCargo(), keep: 2);
        Settling.Settle();
        return "StrongCargo=3 PinnedCargo=4 WeakCargo=2 TrackedCargo=2";
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Hold(int count, GCHandleType type, Func<object> make, int keep)
    {
        for (int i = 0; i < count; i++)
        {
            object cargo = make();
            s_handles.Add(GCHandle.Alloc(cargo, type));
            if (i < keep)
            {
                s_kept.Add(cargo);
            }
        }
    }

    internal sealed class StrongCargo;

    [StructLayout(LayoutKind.Sequential)]
    internal sealed class PinnedCargo
    {
        public long Number;
    }

    internal sealed class WeakCargo;

    internal sealed class TrackedCargo;
}
