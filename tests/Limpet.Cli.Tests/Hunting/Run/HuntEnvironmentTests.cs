using System.Collections.Immutable;
using Limpet.Cli.Hunting.Run;
using Limpet.Resources;
using Limpet.Testing;

namespace Limpet.Cli.Tests.Hunting.Run;

public sealed class HuntEnvironmentTests
{
    [Fact]
    public void Of_SettingsOfCollectorAndCompiler_AreFactsOfTheirOwn()
    {
        using TargetProcess target = TargetProcess.Start("mesh 10", new Dictionary<string, string> { ["DOTNET_TieredPGO"] = "0", ["DOTNET_GCHeapHardLimit"] = "20000000" });

        ImmutableSortedDictionary<string, string> facts = HuntEnvironment.Of(ProcessReaders.DotNet.Detect(target.Id), live: null);

        Assert.Contains("DOTNET_TieredPGO=0", facts["tiering"].Split(' '));
        Assert.Contains("DOTNET_GCHeapHardLimit=20000000", facts["gcSettings"].Split(' '));
        Assert.DoesNotContain("GC", facts["tiering"], StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Without a runtime there is nothing to say of one.</summary>
    [Fact]
    public void Of_NoProgram_HasTheFactsOfTheMachineAlone() =>
        Assert.Equal(["architecture", "os", "processors"], HuntEnvironment.Of(program: null, live: null).Keys);
}
