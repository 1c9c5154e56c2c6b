using Limpet.Heap;
using Limpet.Heap.Holders;
using Microsoft.Diagnostics.Runtime;

namespace Limpet.Capture.Live;

/// <summary>Names the methods whose frames hold something.</summary>
internal static class FrameNames
{
    /// <summary>Adds those that are not known yet, by their method descriptors.</summary>
    public static void LookUp(ClrRuntime runtime, RootSet roots, Dictionary<ulong, (string Text, MethodName? Method)> known)
    {
        foreach (ulong method in roots.Roots.Select(root => root.Method).Where(method => method != 0 && !known.ContainsKey(method)).Distinct())
        {
            if (runtime.GetMethodByHandle(method) is { Name: { } name } found)
            {
                known[method] = (found.Type?.Name is { } type ? SourceNames.Method(type, name) : name, CodeNames.NameOf(found));
            }
        }
    }
}
