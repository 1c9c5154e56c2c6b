using System.Collections.Immutable;
using Limpet.Heap;
using Limpet.Heap.Holders;
using Microsoft.Diagnostics.Runtime;

namespace Limpet.Capture.Live;

/// <summary>Turns the roots that were read in the stop into roots of the graph.</summary>
internal sealed class RootNaming(AddressMap addresses)
{
    private readonly Dictionary<ClrMethod, (string Text, MethodName? Method)> methods = [];

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
        || (root.IsInterior && addresses.TryFindAtOrBefore(root.Address, out target));

    private (string Text, MethodName? Method) NameOf(RawRoot root)
    {
        if (root.Name is not null)
        {
            return (root.Name, null);
        }

        if (root.Frame?.Method is not { } method)
        {
            return (root.Frame?.FrameName ?? "stack of the runtime", null);
        }

        if (!methods.TryGetValue(method, out var name))
        {
            name = (method.Type?.Name is { } type ? SourceNames.Method(type, method.Name ?? "") : method.Name ?? "unknown method", CodeNames.NameOf(method));
            methods.Add(method, name);
        }

        return name;
    }
}
