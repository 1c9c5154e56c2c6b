using Limpet.Capture.Dumps;
using Limpet.Testing;
using Microsoft.Diagnostics.NETCore.Client;

namespace Limpet.Capture.Tests.Dumps;

/// <summary>A dump holds the same objects, sizes, references and roots as ClrMD's own enumeration of the same dump.</summary>
public sealed class DumpEqualityTests
{
    [Theory]
    [InlineData("objects 20000")]
    [InlineData("big-array 2000000")]
    [InlineData("array-of-structs")]
    [InlineData("collectible")]
    [InlineData("dependent-handles")]
    [InlineData("handles")]
    [InlineData("statics")]
    [InlineData("loh-poh-frozen")]
    [InlineData("finalizers")]
    [InlineData("closures")]
    [InlineData("async-pending")]
    [InlineData("timers")]
    [InlineData("threads 100")]
    public void Dump_OfEachShape_EqualsClrMd(string target)
    {
        using DumpFile file = DumpFile.Of(target);
        Check(file.Path);
    }

    [Fact]
    public void Dump_WithEverything_EqualsClrMd()
    {
        using DumpFile file = DumpFile.Of("objects 20000", DumpType.Full);
        Check(file.Path);
    }

    [Theory]
    [InlineData("net8.0", ".NET 8.0.")]
    [InlineData("net9.0", ".NET 9.0.")]
    public void Dump_OfAnOlderRuntime_EqualsClrMd(string framework, string runtime)
    {
        foreach (string shape in (string[])["objects 20000", "collectible", "statics"])
        {
            using DumpFile file = DumpFile.Of(shape, executable: OlderRuntime.Executable(framework));
            Assert.StartsWith(runtime, Check(file.Path), StringComparison.Ordinal);
        }
    }

    /// <summary>Compares, and returns the name of the runtime.</summary>
    private static string Check(string path)
    {
        var truth = new ClrMdView();
        using DumpHeap dump = DumpHeap.Open(path, truth.ReadDump, TestContext.Current.CancellationToken);
        string differences = string.Join("\n", truth.Differences(dump.Graph));
        Assert.True(differences.Length == 0, differences);
        Assert.True(truth.ObjectCount > 300, $"Only {truth.ObjectCount} objects.");
        return dump.RuntimeName;
    }
}
