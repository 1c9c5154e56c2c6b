using System.Collections.Immutable;
using Limpet.Heap;

namespace Limpet.Capture.Live;

/// <summary>Turns the roots that were read in the stop into roots of the graph.</summary>
/// <param name="addresses">Where the objects lie.</param>
/// <param name="sizeOf">Their sizes.</param>
/// <param name="frames">Names of the methods in which stacks hold.</param>
internal sealed class RootNaming(AddressMap addresses, Func<NodeIndex, long> sizeOf, IReadOnlyDictionary<ulong, (string Text, MethodName? Method)> frames)
{
    public ImmutableArray<GcRoot> Name(IEnumerable<RawRoot> raw, IEnumerable<ulong> handleArrays)
    {
        var tables = handleArrays.ToHashSet();
        var roots = ImmutableArray.CreateBuilder<GcRoot>();
        foreach (RawRoot root in raw)
        {
            if (TryFind(root, out NodeIndex target))
            {
                bool isTable = root.Kind is RootKind.PinnedHandle or RootKind.StrongHandle && tables.Contains(root.Address);
                (string name, MethodName? method) = isTable ? ("object table held by a handle", null) : NameOf(root);
                roots.Add(new GcRoot(target, isTable ? RootKind.RuntimeTable : root.Kind, name) { ThreadId = root.ThreadId, Method = method });
            }
        }

        return roots.ToImmutable();
    }

    private bool TryFind(RawRoot root, out NodeIndex target) =>
        addresses.TryFind(root.Address, out target)
        || (root.IsInterior && addresses.TryFindAtOrBefore(root.Address, out target) && root.Address < addresses.AddressOf(target) + (ulong)sizeOf(target));

    private (string Text, MethodName? Method) NameOf(RawRoot root) =>
        root.Name is { } name ? (name, null) : frames.GetValueOrDefault(root.Method, ("unknown method", null));
}
