namespace Limpet.Conventions.Tests;

/// <summary>Who may know whom. An edge that is not here is a decision to be made, not to be slipped in.</summary>
public sealed class DependencyTests
{
    private static readonly Dictionary<string, string[]> Projects = new()
    {
        ["Limpet"] = [],
        ["Limpet.Heap"] = ["Limpet"],
        ["Limpet.Capture"] = ["Limpet.Heap"],
        ["Limpet.Reporting"] = ["Limpet", "Limpet.Heap"],
        ["Limpet.Cli"] = ["Limpet", "Limpet.Capture", "Limpet.Heap", "Limpet.Reporting"],
        ["Limpet.MSTest"] = ["Limpet"],
        ["Limpet.NUnit"] = ["Limpet"],
        ["Limpet.Xunit"] = ["Limpet"],
    };

    private static readonly Dictionary<string, string[]> Packages = new()
    {
        ["Limpet.Capture"] = ["Microsoft.Diagnostics.NETCore.Client", "Microsoft.Diagnostics.Runtime", "Microsoft.Diagnostics.Tracing.TraceEvent"],
        ["Limpet.Cli"] = ["Spectre.Console", "System.CommandLine"],
        ["Limpet.MSTest"] = ["MSTest.TestFramework"],
        ["Limpet.NUnit"] = ["NUnit"],
        ["Limpet.Xunit"] = ["xunit.v3.extensibility.core"],
    };

    [Fact]
    public void Projects_OfTheProduct_AreThese() =>
        Assert.Equal(Projects.Keys.Order(StringComparer.Ordinal), Product().Select(NameOf).Order(StringComparer.Ordinal));

    [Fact]
    public void Projects_OfTheProduct_ReferToThoseBelow() =>
        Assert.All(Product(), project => Assert.Equal(Projects[NameOf(project)], References(project, "ProjectReference").Select(NameOf).Order(StringComparer.Ordinal)));

    [Fact]
    public void Packages_OfTheProduct_AreThese() => Assert.All(Product(), project =>
        Assert.Subset(Packages.GetValueOrDefault(NameOf(project), []).ToHashSet(), References(project, "PackageReference").ToHashSet()));

    [Fact]
    public void Diagnostics_Packages_AreUsedByCaptureAlone()
    {
        Assert.All(
            Repository.Sources.Where(file => !file.StartsWith("src/Limpet.Capture/", StringComparison.Ordinal)),
            file => Assert.False(Repository.ReadCode(file).Contains("Microsoft.Diagnostics", StringComparison.Ordinal), file));
        Assert.Contains(Repository.Sources, file => Repository.ReadCode(file).Contains("Microsoft.Diagnostics", StringComparison.Ordinal));
    }

    /// <summary>Adapters are thin: what a framework does not need to know is in the core.</summary>
    [Theory]
    [InlineData("Limpet.MSTest")]
    [InlineData("Limpet.NUnit")]
    [InlineData("Limpet.Xunit")]
    public void Adapters_HaveAtMost200LinesOfCode(string project) => Assert.InRange(
        Repository.Under($"src/{project}/", ".cs").SelectMany(file => Repository.ReadCode(file).Split('\n')).Select(line => line.Trim())
            .Count(line => line.Length > 0 && line is not ("{" or "}" or "};") && !line.StartsWith("using ", StringComparison.Ordinal) && !line.StartsWith("namespace ", StringComparison.Ordinal)),
        20,
        200);

    /// <summary>But the examples, whose tests fail on purpose.</summary>
    [Fact]
    public void Solution_HasEveryProject() => Assert.Equal(
        Repository.Projects.Where(project => !project.StartsWith("examples/", StringComparison.Ordinal)),
        Repository.ReadXml("Limpet.slnx").Descendants("Project").Select(project => project.Attribute("Path")!.Value).Order(StringComparer.Ordinal));

    private static IEnumerable<string> Product() => Repository.Under("src/", ".csproj");

    private static string NameOf(string project) => Path.GetFileNameWithoutExtension(project);

    private static IEnumerable<string> References(string project, string kind) =>
        Repository.ReadXml(project).Descendants(kind).Select(reference => reference.Attribute("Include")!.Value).Order(StringComparer.Ordinal);
}
