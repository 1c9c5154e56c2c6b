using Limpet.Heap;
using Microsoft.Diagnostics.Runtime;

namespace Limpet.Capture.Tests;

/// <summary>The same heap as ClrMD enumerates it, object by object, while the target stands still: the truth that captures are held against.</summary>
internal sealed class ClrMdView
{
    private readonly Dictionary<ulong, (ulong Size, ulong[] References)> objects = [];
    private readonly HashSet<(ClrRootKind Kind, ulong Target)> roots = [];

    /// <summary>Roots that point to no object that ClrMD knows: into one behind the place where it gives up a segment, or to memory that a thread has taken and not named yet.</summary>
    private readonly HashSet<(ClrRootKind Kind, ulong Address)> toUnlisted = [];

    public int ObjectCount => objects.Count;

    /// <summary>Reads the process that <paramref name="stopped"/> stands for through an attachment of its own: pages that another one has cached may be older than the stop.</summary>
    public void Read(ClrRuntime stopped)
    {
        using DataTarget fresh = DataTarget.AttachToProcess(stopped.DataTarget.DataReader.ProcessId, suspend: false);
        using ClrRuntime runtime = fresh.ClrVersions[0].CreateRuntime();
        ReadDump(runtime);
    }

    /// <summary>Reads what does not change.</summary>
    public void ReadDump(ClrRuntime runtime)
    {
        objects.Clear();
        roots.Clear();
        toUnlisted.Clear();
        foreach (ClrObject obj in runtime.Heap.EnumerateObjects())
        {
            if (obj.IsValid && !obj.IsFree)
            {
                ulong[] references = [.. obj.EnumerateReferenceAddresses(carefully: false, considerDependantHandles: true).Concat(LoaderAllocatorOf(runtime, obj)).Where(address => address != 0).Order()];
                objects.Add(obj.Address, ((obj.Size + 7) & ~7UL, references));
            }
        }

        foreach (ClrRoot root in runtime.Heap.EnumerateRoots())
        {
            if (root.Object.Address != 0)
            {
                (root.Object.IsValid ? roots : toUnlisted).Add((root.RootKind, root.Object.Address));
            }
        }
    }

    /// <summary>Every difference between the two views, as text; empty when they are equal.</summary>
    /// <param name="graph">The captured heap.</param>
    /// <param name="whileAllocating">
    /// Whether threads were allocating. ClrMD then gives up the rest of a segment at an object that a thread has not named yet;
    /// the capture goes on behind the allocation context, so it may hold more.
    /// </param>
    /// <param name="listsAllHandles">Whether ClrMD does: with the server GC it leaves out the tables of heaps that are switched off.</param>
    /// <param name="most">How many differences to list.</param>
    public List<string> Differences(HeapGraph graph, bool whileAllocating = false, bool listsAllHandles = true, int most = 20)
    {
        var differences = new List<string>();
        if (graph.IncompleteReason is { } reason)
        {
            differences.Add("incomplete: " + reason);
        }

        if (whileAllocating ? graph.NodeCount < objects.Count : graph.NodeCount != objects.Count)
        {
            differences.Add($"objects: {graph.NodeCount} captured, {objects.Count} enumerated");
        }

        foreach ((ulong address, (ulong size, ulong[] references)) in objects)
        {
            if (differences.Count >= most)
            {
                break;
            }

            if (!graph.Addresses.TryFind(address, out NodeIndex node))
            {
                differences.Add($"{address:x}: not captured");
                continue;
            }

            if ((ulong)graph.SizeOf(node) != size)
            {
                differences.Add($"{address:x} {graph.TypeOf(node)}: size {graph.SizeOf(node)} captured, {size} enumerated");
            }

            // What was read of memory that is not cleared yet may refer to nothing. The capture says so itself where roots reach such an object.
            ulong[] enumerated = whileAllocating ? [.. references.Where(reference => objects.ContainsKey(reference) || graph.Addresses.TryFind(reference, out _))] : references;
            ulong[] captured = [.. graph.TargetsOf(node).ToArray().Select(target => graph.Addresses.AddressOf(new NodeIndex(target))).Order()];
            if (listsAllHandles ? !captured.AsSpan().SequenceEqual(enumerated) : enumerated.Except(captured).Any())
            {
                differences.Add($"{address:x} {graph.TypeOf(node)}: captured {Names(graph, captured)}, enumerated {Names(graph, enumerated)}");
            }
        }

        differences.AddRange(RootDifferences(graph, listsAllHandles).Take(most));
        return differences;
    }

    /// <summary>The runtime's collector follows from an object of a collectible type to its loader allocator; ClrMD's enumeration leaves that reference out.</summary>
    private static ulong[] LoaderAllocatorOf(ClrRuntime runtime, ClrObject obj) =>
        obj.Type is { IsCollectible: true, LoaderAllocatorHandle: not 0 } type ? [runtime.DataTarget.DataReader.ReadPointer(type.LoaderAllocatorHandle)] : [];

    private static string Names(HeapGraph graph, ulong[] addresses) =>
        string.Join(" ", addresses.Select(address => graph.Addresses.TryFind(address, out NodeIndex node) ? graph.TypeOf(node).Name : $"{address:x}?"));

    private IEnumerable<string> RootDifferences(HeapGraph graph, bool listsAllHandles)
    {
        var captured = graph.Roots.Select(root => (KindOf(root.Kind), Target: graph.Addresses.AddressOf(root.Target))).ToHashSet();
        var anyKind = captured.Select(root => root.Target).ToHashSet();
        HashSet<(ClrRootKind Kind, ulong Target)> enumerated = [.. roots, .. toUnlisted.Select(root => (root.Kind, ObjectAt(graph, root.Address))).Where(root => root.Item2 != 0)];
        foreach ((ClrRootKind kind, ulong target) in enumerated)
        {
            bool isTable = graph.Addresses.TryFind(target, out NodeIndex node) && graph.Roots.Any(root => root.Kind == RootKind.RuntimeTable && root.Target == node);
            bool isStaticOfAnotherKind = kind == ClrRootKind.StaticVar && anyKind.Contains(target);
            if (!captured.Contains((kind, target)) && !isTable && !isStaticOfAnotherKind)
            {
                yield return $"root {kind} -> {target:x} {(anyKind.Contains(target) ? "has another kind" : "not captured")}";
            }
        }

        // Static fields are slots of arrays that handles hold: ClrMD lists the arrays only.
        foreach ((ClrRootKind kind, ulong target) in captured.Where(root => root.Item1 is not (ClrRootKind.None or ClrRootKind.StaticVar or ClrRootKind.ThreadStaticVar) && (listsAllHandles || root.Item1 is ClrRootKind.Stack or ClrRootKind.FinalizerQueue)))
        {
            // ClrMD calls the handle that holds the statics of a collectible type by what it holds.
            if (!enumerated.Contains((kind, target)) && !enumerated.Contains((ClrRootKind.StaticVar, target)))
            {
                yield return $"root {kind} -> {target:x} captured only";
            }
        }
    }

    private static ulong ObjectAt(HeapGraph graph, ulong address) =>
        graph.Addresses.TryFindAtOrBefore(address, out NodeIndex node) && address < graph.Addresses.AddressOf(node) + (ulong)graph.SizeOf(node) ? graph.Addresses.AddressOf(node) : 0;

    private static ClrRootKind KindOf(RootKind kind) => kind switch
    {
        RootKind.StaticField => ClrRootKind.StaticVar,
        RootKind.ThreadStatic => ClrRootKind.ThreadStaticVar,
        RootKind.StrongHandle => ClrRootKind.StrongHandle,
        RootKind.PinnedHandle => ClrRootKind.PinnedHandle,
        RootKind.AsyncPinnedHandle => ClrRootKind.AsyncPinnedHandle,
        RootKind.RefCountedHandle => ClrRootKind.RefCountedHandle,
        RootKind.SizedRefHandle => ClrRootKind.SizedRefHandle,
        RootKind.Stack => ClrRootKind.Stack,
        RootKind.FinalizerQueue => ClrRootKind.FinalizerQueue,
        _ => ClrRootKind.None,
    };
}
