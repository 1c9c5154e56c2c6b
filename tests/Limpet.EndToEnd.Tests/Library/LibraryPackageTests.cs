using Limpet.Testing;

namespace Limpet.EndToEnd.Tests.Library;

/// <summary>The package of the library, in an empty project with a package folder of its own: it brings the tool, and the tool captures the program.</summary>
public sealed class LibraryPackageTests
{
    private const long MostBytes = 15_000_000;
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(3);

    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
            <RestorePackagesPath>cache</RestorePackagesPath>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="Limpet.Testing" Version="0.1.0" />
          </ItemGroup>
        </Project>
        """;

    private const string Program = """
        using Limpet.Checks;

        CheckResult result = LeakCheck.FindCollected(() => Registry.Add(new Visitor()));
        Console.WriteLine(CheckReport.Write(result));

        static class Registry
        {
            private static readonly List<Visitor> s_visitors = [];

            public static Visitor Add(Visitor visitor)
            {
                s_visitors.Add(visitor);
                return visitor;
            }
        }

        sealed class Visitor;
        """;

    [Fact]
    public void Package_InAnEmptyProject_BringsTheTool()
    {
        using TemporaryFolder folder = new();
        string packages = folder.File("packages");
        File.WriteAllText(folder.File("NuGet.config"), $"<configuration><packageSources><clear /><add key=\"packages\" value=\"{packages}\" /></packageSources></configuration>");
        File.WriteAllText(folder.File("Visits.csproj"), Project);
        File.WriteAllText(folder.File("Program.cs"), Program);
        Dictionary<string, string> environment = new() { ["DOTNET_CLI_HOME"] = folder.File("home"), ["DOTNET_NOLOGO"] = "1", ["LIMPET_TOOL"] = "" };

        // What the tests were built with: packing must not build while they run.
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        CliProcess.Execute(["dotnet", "pack", Path.Combine(TargetProcess.Repository, "src", "Limpet"), "--no-build", "-c", configuration, "-o", packages], deadline: Deadline).Expect(0);
        CliProcess.Execute(["dotnet", "build", folder.File("Visits.csproj"), "-nodeReuse:false", "-o", folder.File("out")], environment, Deadline).Expect(0);
        CliRun run = CliProcess.Execute(["dotnet", folder.File("out/Visits.dll")], environment, Deadline).Expect(0);

        Assert.StartsWith("Leak: Visitor: ", run.Output, StringComparison.Ordinal);
        Assert.Contains("┬─── static field Registry.s_visitors", run.Output, StringComparison.Ordinal);
        Assert.InRange(new FileInfo(Path.Combine(packages, "Limpet.Testing.0.1.0.nupkg")).Length, 1, MostBytes);
        string[] files = Directory.GetFiles(folder.File("cache/limpet.testing"), "*.dll", SearchOption.AllDirectories);
        Assert.DoesNotContain(files, file => file.Contains("Azure.Identity", StringComparison.Ordinal) || file.Contains("Microsoft.Identity", StringComparison.Ordinal));
    }
}
