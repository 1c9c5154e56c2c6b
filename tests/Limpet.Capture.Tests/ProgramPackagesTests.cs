using Limpet.Capture.Live;
using Limpet.Capture.Members;
using Limpet.Heap;
using Limpet.Testing;

namespace Limpet.Capture.Tests;

public sealed class ProgramPackagesTests
{
    [Fact]
    public void Read_OfAProgram_HasItsPackagesAndNotItself()
    {
        IReadOnlyCollection<string> files = ProgramPackages.Read(Path.ChangeExtension(TargetProcess.DefaultDll, ".deps.json"));

        Assert.Contains("Newtonsoft.Json.dll", files);
        Assert.DoesNotContain(Path.GetFileName(TargetProcess.DefaultDll), files);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"libraries": {"A/1": {"type": 7}}, "targets": {}}""")]
    [InlineData("""{"libraries": {"A/1": {"type": "package"}}, "targets": {"net": 5}}""")]
    [InlineData("""{"libraries": {"A/1": {"type": "package"}}, "targets": {"net": {"A/1": {}}}}""")]
    public void Read_OfSomethingElse_HasNone(string json)
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, json);
            Assert.Empty(ProgramPackages.Read(file));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Types_OfACapture_SayWhichComeFromPackages()
    {
        using TargetProcess process = TargetProcess.Start("shipment-tracing");
        using LiveTarget target = LiveTarget.Attach(process.Id);
        using HeapGraph graph = target.Capture(cancellation: TestContext.Current.CancellationToken).Graph;

        Assert.All(graph.Types.Where(type => type.Module == "Limpet.TestTargets.dll"), type => Assert.False(type.Traits.HasFlag(TypeTraits.Package), type.Name));
        Assert.All(graph.Types.Where(type => type.Module == "System.Private.CoreLib.dll"), type => Assert.False(type.Traits.HasFlag(TypeTraits.Package), type.Name));
        Assert.Contains(graph.Types, type => type.Traits.HasFlag(TypeTraits.Package));
    }
}
