using System.Collections.Immutable;
using Limpet.Heap;
using Microsoft.Diagnostics.Runtime;

namespace Limpet.Capture.Live;

/// <summary>Everything outside the heap that keeps objects alive, read while the target stands still.</summary>
internal sealed class RootSet
{
    public List<RawRoot> Roots { get; } = [];

    /// <summary>Dependent handles: while the key lives, so does the value.</summary>
    public List<(ulong Key, ulong Value)> Dependent { get; } = [];

    /// <summary>Handles that look at an object and hold nothing.</summary>
    public List<(ulong Target, bool IsLong)> Weak { get; } = [];

    /// <summary>Arrays of objects that handles hold: the runtime keeps static fields in some of them.</summary>
    public List<ulong> HandleArrays { get; } = [];

    /// <summary>Threads that run managed code and show no frame of it: they were stopped in a stub that has no unwind information.</summary>
    public int UnreadableStacks { get; private set; }

    /// <param name="runtime">The debugging library's view of the target.</param>
    /// <param name="dump">What is asked for stacks where nothing runs: an altered one may have no end; null for a target that stands still.</param>
    /// <param name="tables">The tables of handles, in which those lie that the library does not list; null where they are not to be read.</param>
    /// <param name="cancellation">Cancels between the steps.</param>
    public static RootSet Read(ClrRuntime runtime, RuntimeView? dump, HandleTables? tables, CancellationToken cancellation)
    {
        var set = new RootSet();
        List<HandleSlot> listed = [];
        foreach (ClrHandle handle in runtime.EnumerateHandles())
        {
            set.Add(handle);
            if (handle.Object.Address != 0)
            {
                listed.Add(new HandleSlot(handle.Address, (byte)handle.HandleKind, handle.Object.Address, handle.Dependent.Address));
            }
        }

        if (tables is not null && runtime.Heap.IsServer)
        {
            foreach (HandleSlot slot in tables.Missing(listed))
            {
                set.Add(slot, runtime.Heap);
            }
        }

        foreach (ClrThread thread in runtime.Threads)
        {
            cancellation.ThrowIfCancellationRequested();
            if (thread.IsAlive && dump is not null)
            {
                dump.AskForEnd(() => set.AddStack(thread), $"the stack of thread {thread.ManagedThreadId}");
            }
            else if (thread.IsAlive)
            {
                set.AddStack(thread);
            }
        }

        foreach (ClrRoot root in runtime.Heap.EnumerateFinalizerRoots())
        {
            set.Roots.Add(new RawRoot(root.Object.Address, RootKind.FinalizerQueue, false) { Name = "objects waiting for their finalizer" });
        }

        return set;
    }

    /// <summary>The weak handles whose objects are in a graph.</summary>
    public ImmutableArray<WeakHandle> WeakHandles(AddressMap addresses) =>
        [.. Weak.Select(handle => new WeakHandle(addresses.TryFind(handle.Target, out NodeIndex node) ? node : NodeIndex.None, handle.IsLong)).Where(handle => !handle.Target.IsNone)];

    private void Add(ClrHandle handle)
    {
        if (handle.HandleKind == ClrHandleKind.Dependent)
        {
            AddDependent(handle.Object.Address, handle.Dependent.Address);
        }
        else if (handle.HandleKind is ClrHandleKind.WeakShort or ClrHandleKind.WeakLong)
        {
            AddWeak(handle.Object.Address, handle.HandleKind == ClrHandleKind.WeakLong);
        }
        else if (handle.IsStrong && handle.Object.Address != 0)
        {
            AddHandle(handle.HandleKind, handle.Object);
        }
    }

    private void Add(HandleSlot slot, ClrHeap heap)
    {
        if (slot.Type == HandleSlot.Dependent)
        {
            AddDependent(slot.Object, slot.Second);
        }
        else if (slot.Type is HandleSlot.WeakShort or HandleSlot.WeakLong)
        {
            AddWeak(slot.Object, slot.Type == HandleSlot.WeakLong);
        }
        else
        {
            AddHandle((ClrHandleKind)slot.Type, heap.GetObject(slot.Object));
        }
    }

    private void AddDependent(ulong key, ulong value)
    {
        if (key != 0 && value != 0)
        {
            Dependent.Add((key, value));
        }
    }

    private void AddWeak(ulong target, bool isLong)
    {
        if (target != 0)
        {
            Weak.Add((target, isLong));
        }
    }

    private void AddHandle(ClrHandleKind handle, ClrObject held)
    {
        RootKind kind = handle switch
        {
            ClrHandleKind.Pinned => RootKind.PinnedHandle,
            ClrHandleKind.AsyncPinned => RootKind.AsyncPinnedHandle,
            ClrHandleKind.RefCounted => RootKind.RefCountedHandle,
            ClrHandleKind.SizedRef => RootKind.SizedRefHandle,
            _ => RootKind.StrongHandle,
        };
        if (held.Type is { IsArray: true, ComponentType.IsObjectReference: true })
        {
            HandleArrays.Add(held.Address);
        }

        Roots.Add(new RawRoot(held.Address, kind, false) { Name = NameOf(kind) });
    }

    private void AddStack(ClrThread thread)
    {
        if (thread.GCMode == GCMode.Cooperative && !thread.IsFinalizer && !thread.IsGc && !thread.EnumerateStackTrace(false, 16).Any(frame => frame.Method is not null))
        {
            UnreadableStacks++;
        }

        foreach (ClrStackRoot root in thread.EnumerateStackRoots())
        {
            if (root.Object.Address != 0)
            {
                ulong method = root.StackFrame?.Method?.MethodDesc ?? 0;
                Roots.Add(new RawRoot(root.Object.Address, RootKind.Stack, root.IsInterior)
                {
                    Method = method,
                    Name = method != 0 ? null : root.StackFrame?.FrameName ?? "stack of the runtime",
                    ThreadId = thread.ManagedThreadId,
                });
            }
        }
    }

    private static string NameOf(RootKind kind) => kind switch
    {
        RootKind.PinnedHandle => "pinned GC handle",
        RootKind.AsyncPinnedHandle => "GC handle pinned for asynchronous I/O",
        RootKind.RefCountedHandle => "reference-counted GC handle",
        RootKind.SizedRefHandle => "sized-reference GC handle",
        _ => "strong GC handle",
    };
}
