using System.Text.RegularExpressions;

namespace Limpet.Conventions.Tests;

/// <summary>How the product's source files look.</summary>
public sealed partial class SourceTests
{
    private const int MostLines = 500;

    /// <summary>Files that hold no type of their name, or more than one, and why.</summary>
    private static readonly Dictionary<string, (string Types, string Why)> Exceptions = new()
    {
        ["src/Limpet.Cli/Program.cs"] = ("", "top-level statements"),
        ["src/Limpet/Resources/AssemblyVisibility.cs"] = ("", "an attribute of the assembly"),
        ["src/Limpet.Capture/AssemblyVisibility.cs"] = ("", "an attribute of the assembly"),
        ["src/Limpet.Reporting/AssemblyVisibility.cs"] = ("", "an attribute of the assembly"),
        ["src/Limpet.Cli/Hunting/AssemblyVisibility.cs"] = ("", "an attribute of the assembly"),
    };

    /// <summary>Files that may sleep, and why.</summary>
    private static readonly Dictionary<string, string> Sleepers = new()
    {
        ["src/Limpet.Capture/Children/ChildExit.cs"] = "looks again and again whether a process has ended, where the system has no descriptor to wait on",
    };

    [Fact]
    public void SourceFiles_AreShort() => Assert.All(
        Repository.Sources,
        file => Assert.True(Repository.Read(file).Count(c => c == '\n') <= MostLines, $"{file} has more than {MostLines} lines: which two things is it?"));

    [Fact]
    public void SourceFiles_HoldOneTypeOfTheirName() => Assert.All(
        Repository.Sources,
        file => Assert.Equal(
            (file, Exceptions.TryGetValue(file, out var exception) ? exception.Types : Path.GetFileNameWithoutExtension(file)),
            (file, string.Join(", ", Repository.OuterTypes(file)))));

    [Fact]
    public void SourceFiles_AreFinished() => Assert.All(
        Repository.Sources,
        file => Assert.False(Unfinished().IsMatch(Repository.Read(file)), $"{file} has something to finish: {Unfinished().Match(Repository.Read(file)).Value}"));

    [Fact]
    public void SourceFiles_NeverSleep() => Assert.All(
        Repository.Sources,
        file => Assert.True(Repository.ReadCode(file).Contains("Thread.Sleep", StringComparison.Ordinal) == Sleepers.ContainsKey(file), $"{file} sleeps, or no longer does: wait for what is to happen."));

    [Fact]
    public void SourceFiles_HaveNamesThatSayWhatTheyAre() => Assert.All(
        Repository.Sources.SelectMany(Repository.DeclaredTypes),
        type => Assert.DoesNotMatch("(Helper|Helpers|Utils|Utilities|Utility|Common|Manager)$", type));

    /// <summary>A detector that knows a target by name has learnt the exam. The examples of a help text decide nothing.</summary>
    [Fact]
    public void Product_NamesNoTypeOfTargetsAndSamples()
    {
        HashSet<string> own = [.. Repository.Sources.SelectMany(Repository.DeclaredTypes)];
        string[] foreign =
        [
            .. Repository.Under("tests/Limpet.TestTargets/", ".cs").Concat(Repository.Under("samples/", ".cs"))
                .SelectMany(Repository.DeclaredTypes)
                .Where(type => TwoWords().IsMatch(type) && !own.Contains(type))
                .Distinct(),
        ];
        Assert.Contains("OrderView", foreign);
        Assert.Contains("StaticEventTarget", foreign);
        Regex any = new($@"\b({string.Join('|', foreign)})\b");
        Assert.All(Repository.Sources, file =>
        {
            Match match = any.Match(HelpExamples().Replace(Repository.ReadCode(file), ""));
            Assert.False(match.Success, $"{file} names {match.Value}, a type of a target or sample.");
        });
    }

    [Fact]
    public void Schemas_NamedInCode_ArePublished()
    {
        string[] named = [.. Repository.Sources.SelectMany(file => SchemaNames().Matches(Repository.ReadCode(file))).Select(match => match.Groups[1].Value).Distinct()];
        Assert.Contains("hunt", named);
        Assert.All(named, name => Assert.True(Repository.Exists($"docs/schemas/{name}.schema.json"), $"docs/schemas/{name}.schema.json is missing."));
    }

    [GeneratedRegex(@"\b(TODO|FIXME|HACK)\b")]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"^ +limpet [a-z]+ .*$", RegexOptions.Multiline)]
    private static partial Regex HelpExamples();

    [GeneratedRegex("^[A-Z][a-z]+[A-Z]")]
    private static partial Regex TwoWords();

    [GeneratedRegex(@"\blimpet\.([a-z-]+)/\d")]
    private static partial Regex SchemaNames();
}
