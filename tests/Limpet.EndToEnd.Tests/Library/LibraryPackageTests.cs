using System.Text.RegularExpressions;
using Limpet.Testing;

namespace Limpet.EndToEnd.Tests.Library;

/// <summary>The package of the library, in empty projects with a package folder of their own: it brings the tool, and the tool captures the program. The programs are those of the pages.</summary>
public sealed partial class LibraryPackageTests
{
    private const long MostBytes = 15_000_000;
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(3);

    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
            <RestorePackagesPath>../cache</RestorePackagesPath>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="Limpet.Testing" Version="0.1.0" />
          </ItemGroup>
        </Project>
        """;

    [Fact]
    public void Package_InAnEmptyProject_AnswersAsThePagesSay()
    {
        using TemporaryFolder folder = new();
        string packages = folder.File("packages");
        File.WriteAllText(folder.File("NuGet.config"), $"<configuration><packageSources><clear /><add key=\"packages\" value=\"{packages}\" /></packageSources></configuration>");
        Dictionary<string, string> environment = new() { ["DOTNET_CLI_HOME"] = folder.File("home"), ["DOTNET_NOLOGO"] = "1", ["LIMPET_TOOL"] = "" };

        // What the tests were built with: packing must not build while they run.
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        CliProcess.Execute(["dotnet", "pack", Path.Combine(TargetProcess.Repository, "src", "Limpet"), "--no-build", "-c", configuration, "-o", packages], deadline: Deadline).Expect(0);
        foreach (string page in (string[])["leak-check", "tracking"])
        {
            (string program, string transcript) = ReadPage(page);
            Directory.CreateDirectory(folder.File(page));
            File.WriteAllText(folder.File($"{page}/Page.csproj"), Project);
            File.WriteAllText(folder.File($"{page}/Program.cs"), program);
            CliProcess.Execute(["dotnet", "build", folder.File($"{page}/Page.csproj"), "-nodeReuse:false", "-o", folder.File($"{page}/out")], environment, Deadline).Expect(0);
            CliRun run = CliProcess.Execute(["dotnet", folder.File($"{page}/out/Page.dll")], environment, Deadline).Expect(0);
            Assert.Equal(Timeless(transcript), Timeless(run.Output));
        }

        // What sets the filter is a .NET program in the same process: without a port of its own, or that of the page would find its place taken.
        CliRun untraced = CliProcess.Execute(
            ["dotnet", TargetProcess.DefaultDll, "--no-tracing", "env", "-u", "DOTNET_EnableDiagnostics", "dotnet", folder.File("leak-check/out/Page.dll")],
            new Dictionary<string, string>(environment) { ["DOTNET_EnableDiagnostics"] = "0" },
            Deadline);
        Assert.Equal(Timeless(ReadUntraced()), Timeless(untraced.Output));

        Assert.InRange(new FileInfo(Path.Combine(packages, "Limpet.Testing.0.1.0.nupkg")).Length, 1, MostBytes);
        string[] files = Directory.GetFiles(folder.File("cache/limpet.testing"), "*.dll", SearchOption.AllDirectories);
        Assert.DoesNotContain(files, file => file.Contains("Azure.Identity", StringComparison.Ordinal) || file.Contains("Microsoft.Identity", StringComparison.Ordinal));
    }

    /// <summary>The first program of a page and what it prints.</summary>
    private static (string Program, string Transcript) ReadPage(string page)
    {
        string text = File.ReadAllText(Path.Combine(TargetProcess.Repository, "docs", "features", page + ".md"));
        Match found = Blocks().Match(text);
        return (found.Groups[1].Value, found.Groups[2].Value);
    }

    /// <summary>What the same program prints where the system refuses traces.</summary>
    private static string ReadUntraced() =>
        Untraced().Match(File.ReadAllText(Path.Combine(TargetProcess.Repository, "docs", "features", "leak-check.md"))).Groups[1].Value;

    /// <summary>How often and how long it collected differs from run to run, and so does the process; what createdump says is its own.</summary>
    private static string Timeless(string text) =>
        Dumps().Replace(Processes().Replace(Times().Replace(text, "after N full collections in N s"), "process N"), "");

    [GeneratedRegex("```csharp\n(.*?)```\n\n```\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();

    [GeneratedRegex("### Where the system refuses the trace\n.*?\n```\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Untraced();

    [GeneratedRegex("process [0-9]+")]
    private static partial Regex Processes();

    [GeneratedRegex("^\\[createdump\\].*\n|(?<=does not write a dump: ).*?(?= Run limpet)", RegexOptions.Multiline)]
    private static partial Regex Dumps();

    [GeneratedRegex("after [0-9]+ full collections in [0-9.]+ s")]
    private static partial Regex Times();
}
