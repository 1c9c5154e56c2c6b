using System.Text.RegularExpressions;

namespace Limpet.Conventions.Tests;

/// <summary>What readers are told to run and to open.</summary>
public sealed partial class DocumentTests
{
    [Theory]
    [InlineData("dotnet run -c Release --project src/Limpet.Cli -- hunt samples/LeakyShop/hunt.json")]
    [InlineData("dotnet test")]
    public void Readme_HasTheCommand(string command) =>
        Assert.Contains(command, Repository.Read("README.md").Split('\n').Select(line => line.Trim().TrimStart('$').Trim()));

    [Fact]
    public void Links_ToFiles_LeadSomewhere() => Assert.All(Documents(), file => Assert.All(
        Links().Matches(CodeBlocks().Replace(Repository.Read(file), "")).Select(match => match.Groups[1].Value.Split('#')[0]).Where(link => link.Length > 0 && !link.Contains(':', StringComparison.Ordinal)),
        link => Assert.True(Repository.Exists(Path.Combine(Path.GetDirectoryName(file)!, link)), $"{file} links to {link}, which is not there.")));

    /// <summary>Paths in backquotes with a known beginning are links in all but form.</summary>
    [Fact]
    public void Paths_InDocuments_LeadSomewhere() => Assert.All(Documents(), file => Assert.All(
        Paths().Matches(Repository.Read(file)).Select(match => match.Groups[1].Value),
        path => Assert.True(Repository.Exists(path), $"{file} names {path}, which is not there.")));

    [Fact]
    public void Files_NameNoMachine()
    {
        // Where this checkout lies and beside what; a path of one step, such as /src, is too common to tell.
        string[] here = [.. new[] { Repository.Root, Path.GetDirectoryName(Repository.Root)! }.Where(path => path.Count(c => c == '/') > 1)];
        Assert.All(Repository.Files.Where(IsText), file =>
        {
            string text = Repository.Read(file);
            Match home = Homes().Match(text);
            string? found = home.Success ? home.Value : here.FirstOrDefault(path => text.Contains(path + "/", StringComparison.Ordinal));
            Assert.True(found is null, $"{file} has the path of a machine: {found}");
        });
    }

    /// <summary>Code in the pages of the adapters is that of the examples, which a test runs.</summary>
    [Theory]
    [InlineData("docs/features/guards.md")]
    [InlineData("docs/features/known-leaks.md")]
    [InlineData("docs/features/adapters.md")]
    public void Code_InThePagesOfTheAdapters_IsThatOfTheExamples(string page)
    {
        HashSet<string> lines = [.. Repository.Under("examples/", ".cs").SelectMany(file => Repository.Read(file).Split('\n')).Select(line => line.Trim())];
        string[] code = [.. CSharpBlocks().Matches(Repository.Read(page)).SelectMany(block => block.Groups[1].Value.Split('\n')).Select(line => line.Trim()).Where(line => line.Length > 0)];
        Assert.NotEmpty(code);
        Assert.All(code, line => Assert.Contains(line, lines));
    }

    /// <summary>The commands that `.ci/run` takes from here.</summary>
    [Fact]
    public void Readme_HasTheFiltersOfTheExamples() => Assert.Equal(
        ["", "--filter-class OrderDesk.Tests.DeskTests", "--filter-trait Category=integration", "--filter-trait Category=stress", "--filter-trait Category=unit", "--filter-trait leak=1", "--filter-trait leak=2", "--filter-trait leak=3", "--filter-trait memory_leak=true"],
        Repository.Read("README.md").Split('\n').Where(line => line.StartsWith("dotnet run --project examples/OrderDesk.Xunit", StringComparison.Ordinal))
            .Select(line => line.Split(" -- ") is [_, var filter] ? filter.Trim() : "").Order(StringComparer.Ordinal));

    private static IEnumerable<string> Documents() => Repository.Under("", ".md");

    private static bool IsText(string file) => Path.GetExtension(file) is ".cs" or ".md" or ".json" or ".csproj" or ".props" or ".targets" or ".slnx" or ".txt" or ".yml" or "";

    [GeneratedRegex(@"\[[^\]]*\]\(([^)\s]+)\)")]
    private static partial Regex Links();

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CSharpBlocks();

    [GeneratedRegex("```.*?```", RegexOptions.Singleline)]
    private static partial Regex CodeBlocks();

    [GeneratedRegex(@"`((?:src|docs|tests|samples|examples|bench)/[\w./-]*)`")]
    private static partial Regex Paths();

    [GeneratedRegex(@"(?<![\w.*}])/(?:home|Users)/[\w.-]+|\b[A-Z]:\\\\?Users\\")]
    private static partial Regex Homes();
}
