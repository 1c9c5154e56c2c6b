using Limpet.Testing;

namespace Limpet.EndToEnd.Tests;

/// <summary>The package of the tool installs from a folder, with no other source and no cached package, and runs.</summary>
public sealed class ToolPackageTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(3);

    [Fact]
    public void Package_InstalledFromAFolder_Runs()
    {
        using TemporaryFolder folder = new();
        string packages = folder.File("packages");
        string tools = folder.File("tools");
        string config = folder.File("NuGet.config");
        File.WriteAllText(config, "<configuration><packageSources><clear /></packageSources></configuration>");
        Dictionary<string, string> environment = new()
        {
            ["NUGET_PACKAGES"] = folder.File("cache"),
            ["DOTNET_CLI_HOME"] = folder.File("home"),
            ["DOTNET_NOLOGO"] = "1",
        };

        // What the tests were built with: packing must not build while they run.
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        string project = Path.Combine(TargetProcess.Repository, "src", "Limpet.Cli");
        CliProcess.Execute(["dotnet", "pack", project, "--no-build", "-c", configuration, "-o", packages], deadline: Deadline).Expect(0);
        CliProcess.Execute(["dotnet", "tool", "install", "limpet", "--tool-path", tools, "--configfile", config, "--add-source", packages], environment, Deadline).Expect(0);

        string limpet = Path.Combine(tools, "limpet");
        Assert.Equal("0.1.0\n", CliProcess.Execute([limpet, "--version"]).Expect(0).Output);
        Assert.DoesNotContain(Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories), file => file.Contains("mscordac", StringComparison.Ordinal));

        using TargetProcess process = TargetProcess.Start("closures");
        Assert.Contains($"{process.Id} ", CliProcess.Execute([limpet, "ps"]).Expect(0).Output, StringComparison.Ordinal);
        CliRun why = CliProcess.Execute([limpet, "why", $"{process.Id}", "SharedCargo"]).Expect(0);
        Assert.Contains("ClosuresTarget.s_actions", why.Output, StringComparison.Ordinal);
    }
}
