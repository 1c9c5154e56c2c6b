using Limpet.Heap;
using Microsoft.Diagnostics.Runtime;

namespace Limpet.Capture.Live;

/// <summary>Everything outside the heap that keeps objects alive, read while the target stands still.</summary>
internal sealed class RootSet
{
    public List<RawRoot> Roots { get; } = [];

    /// <summary>Dependent handles: while the key lives, so does the value.</summary>
    public List<(ulong Key, ulong Value)> Dependent { get; } = [];

    /// <summary>Arrays of objects that handles hold: the runtime keeps static fields in some of them.</summary>
    public List<ulong> HandleArrays { get; } = [];

    /// <summary>Threads that run managed code and show no frame of it: they were stopped in a stub that has no unwind information.</summary>
    public int UnreadableStacks { get; private set; }

    public static RootSet Read(ClrRuntime runtime, CancellationToken cancellation)
    {
        var set = new RootSet();
        foreach (ClrHandle handle in runtime.EnumerateHandles())
        {
            set.Add(handle);
        }

        foreach (ClrThread thread in runtime.Threads)
        {
            cancellation.ThrowIfCancellationRequested();
            if (thread.IsAlive)
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

    private void Add(ClrHandle handle)
    {
        if (handle.HandleKind == ClrHandleKind.Dependent)
        {
            if (handle.Object.Address != 0 && handle.Dependent.Address != 0)
            {
                Dependent.Add((handle.Object.Address, handle.Dependent.Address));
            }

            return;
        }

        if (!handle.IsStrong || handle.Object.Address == 0)
        {
            return;
        }

        RootKind kind = handle.HandleKind switch
        {
            ClrHandleKind.Pinned => RootKind.PinnedHandle,
            ClrHandleKind.AsyncPinned => RootKind.AsyncPinnedHandle,
            ClrHandleKind.RefCounted => RootKind.RefCountedHandle,
            ClrHandleKind.SizedRef => RootKind.SizedRefHandle,
            _ => RootKind.StrongHandle,
        };
        if (handle.Object.Type is { IsArray: true, ComponentType.IsObjectReference: true })
        {
            HandleArrays.Add(handle.Object.Address);
        }

        Roots.Add(new RawRoot(handle.Object.Address, kind, false) { Name = NameOf(kind) });
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
