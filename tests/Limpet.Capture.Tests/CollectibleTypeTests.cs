using Limpet.Capture.Live;
using Limpet.Heap;
using Limpet.Testing;
using Microsoft.Diagnostics.Runtime;

namespace Limpet.Capture.Tests;

/// <summary>Types that can be unloaded are known again from one capture to the next, and not taken for one another.</summary>
public sealed class CollectibleTypeTests
{
    [Theory]
    [InlineData("reported-plugin-json")]
    [InlineData("reported-plugin-json --mended")]
    [InlineData("reported-emitted-types")]
    [InlineData("plugin-tariffs")]
    public void Capture_OfContextsThatComeAndGo_NamesEveryTypeAsClrMdDoes(string target)
    {
        using TargetProcess process = TargetProcess.Start(target);
        using LiveTarget live = LiveTarget.Attach(process.Id);
        int collectible = 0;
        for (int round = 1; round <= 4; round++)
        {
            for (int operation = 0; operation < 15; operation++)
            {
                process.Ask("x");
            }

            Dictionary<ulong, string?> truth = [];
            using HeapGraph graph = live.Capture(stopped => ReadNames(stopped, truth), TestContext.Current.CancellationToken).Graph;
            foreach ((ulong address, string? name) in truth)
            {
                if (graph.Addresses.TryFind(address, out NodeIndex node))
                {
                    Assert.Equal(name, graph.TypeOf(node).Name);
                    collectible += (graph.TypeOf(node).Traits & TypeTraits.Collectible) != 0 ? 1 : 0;
                }
            }
        }

        Assert.True(collectible > 0 || target.EndsWith("--mended", StringComparison.Ordinal), "No object of a collectible type was there.");
    }

    /// <summary>While it runs, the debugging library may be asked for what is unloaded at that moment.</summary>
    [Fact]
    public void Capture_WhileAssembliesAreLoadedAndUnloaded_HasWhatStays()
    {
        const int Attachments = 8;
        using TargetProcess process = TargetProcess.Start("unloading");
        for (int attachment = 0; attachment < Attachments; attachment++)
        {
            using LiveTarget live = LiveTarget.Attach(process.Id);
            using HeapGraph graph = live.Capture(cancellation: TestContext.Current.CancellationToken).Graph;
            if (graph.IncompleteReason is null)
            {
                Assert.Equal(1_000, Enumerable.Range(0, graph.NodeCount).Count(node => graph.TypeOf(new NodeIndex(node)).Name == "Limpet.TestTargets.UnloadingTarget+SteadyCargo"));
            }
        }
    }

    private static void ReadNames(ClrRuntime runtime, Dictionary<ulong, string?> names)
    {
        names.Clear();
        foreach (ClrObject found in runtime.Heap.EnumerateObjects())
        {
            if (found.Type is { IsCollectible: true } type)
            {
                names.Add(found.Address, type.Name);
            }
        }
    }
}
