using Limpet.Capture.Live;
using Limpet.Testing;

namespace Limpet.Capture.Tests;

/// <summary>Captures hold the same objects, sizes, references and roots as ClrMD's own enumeration of the same stop.</summary>
public sealed class CaptureEqualityTests
{
    private static readonly Dictionary<string, string> Server = new(StringComparer.Ordinal) { ["DOTNET_gcServer"] = "1", ["DOTNET_GCDynamicAdaptationMode"] = "0" };
    private static readonly Dictionary<string, string> Datas = new(StringComparer.Ordinal) { ["DOTNET_gcServer"] = "1", ["DOTNET_GCDynamicAdaptationMode"] = "1" };

    [Theory]
    [InlineData("objects 20000")]
    [InlineData("linked-list 20000")]
    [InlineData("big-array 2000000")]
    [InlineData("array-of-structs")]
    [InlineData("collectible")]
    [InlineData("dependent-handles")]
    [InlineData("handles")]
    [InlineData("processor-handles")]
    [InlineData("statics")]
    [InlineData("loh-poh-frozen")]
    [InlineData("finalizers")]
    [InlineData("closures")]
    [InlineData("async-pending")]
    [InlineData("timers")]
    [InlineData("threads 500")]
    public void Capture_OfEachShape_EqualsClrMdInTheSameStop(string target)
    {
        using TargetProcess process = TargetProcess.Start(target);
        Equality.Check(process.Id);
    }

    [Fact]
    public void Capture_WithServerGc_EqualsClrMdInTheSameStop()
    {
        using TargetProcess process = TargetProcess.Start("objects 20000", Server);
        Equality.Check(process.Id, listsAllHandles: true);
    }

    [Fact]
    public void Capture_WithServerGcAndDatas_EqualsClrMdInTheSameStop()
    {
        using TargetProcess process = TargetProcess.Start("objects 20000", Datas);
        Equality.Check(process.Id);
    }

    [Fact]
    public void Capture_WhileTheTargetAllocates_EqualsClrMdInEachOfTwentyStops()
    {
        using TargetProcess process = TargetProcess.Start("allocate");
        Equality.Check(process.Id, times: 20, whileAllocating: true);
        Assert.StartsWith("done", process.Ask("op"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("net8.0", ".NET 8.0.")]
    [InlineData("net9.0", ".NET 9.0.")]
    public void Capture_OfAnOlderRuntime_EqualsClrMdInTheSameStop(string framework, string runtime)
    {
        string executable = OlderRuntime.Executable(framework);
        foreach (string shape in (string[])["objects 20000", "array-of-structs", "collectible", "dependent-handles", "statics"])
        {
            using TargetProcess process = TargetProcess.Start(shape, executable: executable);
            using (LiveTarget target = LiveTarget.Attach(process.Id))
            {
                Assert.StartsWith(runtime, target.RuntimeName, StringComparison.Ordinal);
            }

            Equality.Check(process.Id);
        }
    }
}
