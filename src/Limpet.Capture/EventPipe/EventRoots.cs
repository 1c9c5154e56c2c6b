using System.Collections.Immutable;
using Limpet.Heap;

namespace Limpet.Capture.EventPipe;

/// <summary>Turns the roots of the events into roots of the graph. Weak handles are none; of a stack the runtime tells neither thread nor method.</summary>
internal sealed class EventRoots(HeapEvents events, EventModules modules, AddressMap map, ImmutableArray<HeapType> types, NativeArray<uint> nodeTypes)
{
    /// <summary>Static fields first, then what the runtime scans.</summary>
    public ImmutableArray<GcRoot> All()
    {
        var roots = ImmutableArray.CreateBuilder<GcRoot>();
        if (!events.MovedBeforeStatics)
        {
            foreach (EventStatic field in events.Statics)
            {
                if (map.TryFind(field.Address, out NodeIndex target))
                {
                    roots.Add(new GcRoot(target, field.IsThreadStatic ? RootKind.ThreadStatic : RootKind.StaticField, modules.NameOfStatic(field.Name)));
                }
            }
        }

        foreach (EventRoot root in events.Roots.Where(root => (root.Flags & EventRootFlags.Weak) == 0))
        {
            if (map.TryFind(root.Address, out NodeIndex target) || map.TryFindAtOrBefore(root.Address, out target))
            {
                RootKind kind = KindOf(root, target);
                roots.Add(new GcRoot(target, kind, root.Kind == EventRootKind.Stack && kind == RootKind.RuntimeTable ? "statics of a thread, or a local array" : NameOf(kind)));
            }
        }

        return roots.ToImmutable();
    }

    private RootKind KindOf(EventRoot root, NodeIndex target) => root.Kind switch
    {
        EventRootKind.Stack => IsTable(target) ? RootKind.RuntimeTable : RootKind.Stack,
        EventRootKind.Finalizer => RootKind.FinalizerQueue,
        _ when (root.Flags & EventRootFlags.RefCounted) != 0 => RootKind.RefCountedHandle,
        _ when IsTable(target) => RootKind.RuntimeTable,
        _ when (root.Flags & EventRootFlags.Pinning) != 0 => RootKind.PinnedHandle,
        _ => RootKind.StrongHandle,
    };

    /// <summary>The runtime keeps statics in such arrays, and those of threads among what it tells of their stacks.</summary>
    private bool IsTable(NodeIndex target) => types[(int)nodeTypes[target.Value]].Name == "System.Object[]";

    private static string NameOf(RootKind kind) => kind switch
    {
        RootKind.Stack => "unknown method",
        RootKind.FinalizerQueue => "objects waiting for their finalizer",
        RootKind.RefCountedHandle => "reference-counted handle",
        RootKind.RuntimeTable => "object table held by a handle",
        RootKind.PinnedHandle => "pinned handle",
        _ => "strong handle",
    };
}
