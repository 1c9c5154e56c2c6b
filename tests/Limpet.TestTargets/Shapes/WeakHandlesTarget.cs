using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Limpet.TestTargets;

/// <summary>Garbage of generation 2 that only weak and dependent handles point to. Nothing collects it as long as the target waits.</summary>
/// <remarks><code>
/// weak handle ┄→ Visitor          3, each by a short handle, the first by a long one as well
/// WeakReference ┄→ Session        2
/// s_table: Ticket ┄→ Receipt      2 of each, in a ConditionalWeakTable
/// nothing at all  Draft           1
/// </code></remarks>
internal sealed class WeakHandlesTarget : Target
{
    private static readonly List<GCHandle> s_handles = [];
    private static readonly List<WeakReference<Session>> s_references = [];
    private static readonly ConditionalWeakTable<Ticket, Receipt> s_table = [];
    private static List<object>? s_kept;

    public override string Build()
    {
        Keep();
        Settling.Settle();
        Watch();
        s_kept = null;
        return "Visitor=3 Session=2 Ticket=2 Receipt=2 Draft=1";
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Keep() => s_kept = [new Visitor(), new Visitor(), new Visitor(), new Session(), new Session(), new Ticket(), new Ticket(), new Draft()];

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Watch()
    {
        s_handles.AddRange(s_kept!.OfType<Visitor>().Select(visitor => GCHandle.Alloc(visitor, GCHandleType.Weak)));
        s_handles.Add(GCHandle.Alloc(s_kept!.OfType<Visitor>().First(), GCHandleType.WeakTrackResurrection));
        s_references.AddRange(s_kept!.OfType<Session>().Select(session => new WeakReference<Session>(session)));
        foreach (Ticket ticket in s_kept!.OfType<Ticket>())
        {
            s_table.Add(ticket, new Receipt());
        }
    }

    internal sealed class Visitor;

    internal sealed class Session;

    internal sealed class Ticket;

    internal sealed class Receipt;

    internal sealed class Draft;
}
