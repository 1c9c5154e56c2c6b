using Limpet.Heap;

namespace Limpet.Capture.Live;

/// <summary>Reads from an object what it carries beside its references: code of a delegate, state of a task, times of a timer, what a collection holds or may hold.</summary>
internal static unsafe class ObjectNumbers
{
    /// <param name="at">The object.</param>
    /// <param name="size">Its size.</param>
    /// <param name="layout">Its layout, which says what it carries.</param>
    /// <param name="node">Its number.</param>
    /// <param name="layouts">Where the fields lie.</param>
    /// <param name="facts">Takes what was read.</param>
    public static void Read(byte* at, ulong size, in ObjectLayout layout, int node, LayoutTable layouts, List<RawFact> facts)
    {
        WellKnownTypes known = layouts.WellKnown;
        if ((layout.Flags & LayoutFlags.Delegate) != 0 && Has(known.DelegateAuxiliaryCodeOffset, 8) && Has(known.DelegateCodeOffset, 8))
        {
            // A closed delegate calls _methodPtr; a static or open one goes through a stub there and keeps its code in _methodPtrAux.
            ulong auxiliary = *(ulong*)(at + known.DelegateAuxiliaryCodeOffset);
            facts.Add(new RawFact(node, FactKind.DelegateCode, auxiliary != 0 ? auxiliary : *(ulong*)(at + known.DelegateCodeOffset)));
        }
        else if ((layout.Flags & LayoutFlags.AsyncBox) != 0 && Has(known.TaskStateOffset, 4))
        {
            facts.Add(new RawFact(node, FactKind.TaskState, *(uint*)(at + known.TaskStateOffset)));
        }
        else if ((layout.Flags & LayoutFlags.TimerQueue) != 0 && Has(known.ActiveTimersOffset, 8))
        {
            facts.Add(new RawFact(node, FactKind.ActiveTimers, *(ulong*)(at + known.ActiveTimersOffset)));
        }
        else if ((layout.Flags & LayoutFlags.Timer) != 0 && Has(known.TimerPeriodOffset, 4) && Has(known.TimerDueOffset, 4))
        {
            facts.Add(new RawFact(node, FactKind.TimerPeriod, *(uint*)(at + known.TimerPeriodOffset)));
            facts.Add(new RawFact(node, FactKind.TimerDue, *(uint*)(at + known.TimerDueOffset)));
        }
        else if ((layout.Flags & LayoutFlags.Collection) != 0)
        {
            CountPlace place = layouts.Counts[(int)layout.ElementsStart];
            int elements = place.Read(at, size);
            if (elements >= place.Fewest)
            {
                facts.Add(new RawFact(node, FactKind.Elements, (ulong)elements));
            }
        }
        else if ((layout.Flags & LayoutFlags.Limit) != 0)
        {
            foreach (LimitPlace place in layouts.Limits[(int)layout.ElementsStart])
            {
                if (place.Read(at, size) is { } value)
                {
                    facts.Add(new RawFact(node, place.Kind, value));
                }
            }
        }

        // In a heap that was altered a type may be smaller than the one that it derives from.
        bool Has(int offset, int bytes) => offset > 0 && (ulong)(offset + bytes) <= size;
    }
}
