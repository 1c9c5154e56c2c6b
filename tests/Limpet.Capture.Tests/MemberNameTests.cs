using Limpet.Capture.Live;
using Limpet.Heap;
using Limpet.Testing;
using Microsoft.Diagnostics.Runtime;

namespace Limpet.Capture.Tests;

/// <summary>
/// Members are named from metadata and from what the runtime wrote down about its types. ClrMD names them from the same stop by its own
/// means; where it has a name, both must be equal.
/// </summary>
public sealed class MemberNameTests
{
    [Theory]
    [InlineData(null, 10)]
    [InlineData("net8.0", 8)]
    public void ModuleVersions_OfATarget_AreThoseOfItsAssemblies(string? framework, int major)
    {
        using TargetProcess process = TargetProcess.Start("statics", executable: framework is null ? null : OlderRuntime.Executable(framework));
        using LiveTarget target = LiveTarget.Attach(process.Id);
        using HeapGraph graph = target.Capture(cancellation: TestContext.Current.CancellationToken).Graph;

        Assert.Equal(major, graph.ModuleVersions["System.Private.CoreLib"].Major);
        Assert.Equal(typeof(LiveTarget).Assembly.GetName().Version, graph.ModuleVersions["Limpet.TestTargets"]);
    }

    [Theory]
    [InlineData("async-pending", null)]
    [InlineData("array-of-structs", null)]
    [InlineData("collectible", null)]
    [InlineData("closures", null)]
    [InlineData("statics", null)]
    [InlineData("timers", null)]
    [InlineData("async-pending", "net8.0")]
    [InlineData("statics", "net8.0")]
    [InlineData("async-pending", "net9.0")]
    [InlineData("statics", "net9.0")]
    public void Members_OfEveryType_HaveTheNamesThatClrMdGivesThem(string shape, string? framework)
    {
        using TargetProcess process = TargetProcess.Start(shape, executable: framework is null ? null : OlderRuntime.Executable(framework));
        using LiveTarget target = LiveTarget.Attach(process.Id);
        var truth = new Dictionary<ulong, List<(ulong Target, string Name)>>();
        LiveCapture capture = target.Capture(stopped => ReadOneOfEachType(stopped, truth), TestContext.Current.CancellationToken);
        using HeapGraph graph = capture.Graph;

        var differences = new List<string>();
        int compared = 0;
        foreach ((ulong address, List<(ulong Target, string Name)> references) in truth)
        {
            Assert.True(graph.Addresses.TryFind(address, out NodeIndex node), $"{address:x} was not captured");
            HeapType type = graph.TypeOf(node);
            var captured = new List<(ulong Target, string Name)>();
            for (int edge = 0; edge < graph.TargetsOf(node).Length; edge++)
            {
                if (graph.SlotsOf(node)[edge] <= EdgeSlot.LastField && !type.IsArray)
                {
                    captured.Add((graph.Addresses.AddressOf(new NodeIndex(graph.TargetsOf(node)[edge])), type.SlotNames[graph.SlotsOf(node)[edge]]));
                }
            }

            if (captured.Count != references.Count)
            {
                continue;
            }

            compared += references.Count;
            differences.AddRange(captured.Zip(references).Where(pair => pair.First != pair.Second).Select(pair => $"{type}: {pair.First.Name} captured, {pair.Second.Name} enumerated"));
        }

        Assert.True(compared > 100, $"{compared} members were compared.");
        Assert.True(differences.Count == 0, $"{differences.Count} of {compared}:\n{string.Join('\n', differences.Take(40))}");
    }

    private static void ReadOneOfEachType(ClrRuntime stopped, Dictionary<ulong, List<(ulong Target, string Name)>> truth)
    {
        truth.Clear();
        var seen = new HashSet<ulong>();
        foreach (ClrObject obj in stopped.Heap.EnumerateObjects())
        {
            if (obj.Type is { IsArray: false, IsFree: false, ContainsPointers: true } type && seen.Add(type.MethodTable))
            {
                truth.Add(obj, [.. obj.EnumerateReferencesWithFields(carefully: false, considerDependantHandles: false).OrderBy(reference => reference.Offset).Select(reference => (reference.Object.Address, NameOf(reference)))]);
            }
        }
    }

    private static string NameOf(ClrReference reference)
    {
        string name = reference.Field?.Name ?? "?";
        for (ClrReference? inner = reference.InnerField; inner is { } within; inner = within.InnerField)
        {
            name += "." + within.Field?.Name;
        }

        return name;
    }
}
