using Limpet.Resources;
using Limpet.Testing;

namespace Limpet.Capture.Tests;

/// <summary>What is set of the collector and the compiler of a program, by its variables and by its configuration.</summary>
public sealed class RuntimeSettingsTests
{
    [Fact]
    public void Settings_OfVariables_AreThoseOfCollectorAndCompiler()
    {
        Dictionary<string, string> environment = new() { ["DOTNET_TieredPGO"] = "0", ["DOTNET_gcServer"] = "0", ["DOTNET_GCHeapHardLimit"] = "20000000", ["DOTNET_TZ"] = "secret" };
        using TargetProcess target = TargetProcess.Start("mesh 10", environment);

        Assert.Equal(
            ["DOTNET_GCHeapHardLimit=20000000", "DOTNET_TieredPGO=0", "DOTNET_gcServer=0"],
            ProcessReaders.DotNet.Settings(ProcessReaders.DotNet.Detect(target.Id)!)!.Values.Where(setting => setting.Key.StartsWith("DOTNET_", StringComparison.Ordinal)).Select(setting => $"{setting.Key}={setting.Value}"));
    }

    [Fact]
    public void Settings_OfTheConfigurationBesideTheProgram_AreRead()
    {
        string folder = Directory.CreateTempSubdirectory("limpet-settings-").FullName;
        foreach (string file in Directory.EnumerateFiles(Path.GetDirectoryName(TargetProcess.DefaultDll)!))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        string configuration = Path.Combine(folder, "Limpet.TestTargets.runtimeconfig.json");
        File.WriteAllText(configuration, File.ReadAllText(configuration).Replace("\"configProperties\": {", "\"configProperties\": { \"System.GC.Concurrent\": false, \"System.Runtime.TieredCompilation\": true,", StringComparison.Ordinal));
        using (TargetProcess target = TargetProcess.Start("mesh 10", executable: Path.Combine(folder, "Limpet.TestTargets")))
        {
            RuntimeSettings settings = ProcessReaders.DotNet.Settings(ProcessReaders.DotNet.Detect(target.Id)!)!;
            Assert.Equal(("false", "true", true), (settings.Values["System.GC.Concurrent"], settings.Values["System.Runtime.TieredCompilation"], settings.IsWhole));
        }

        Directory.Delete(folder, recursive: true);
    }
}
