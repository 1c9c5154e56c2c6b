using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Limpet.Tests.Measuring;

/// <summary>A page of the documents, whose code is that of a file of examples that is compiled and run here, and whose output is that of the run but for its figures.</summary>
internal sealed partial class Page
{
    private readonly string text;
    private readonly string examples;

    private Page(string text, string examples) => (this.text, this.examples) = (text, examples);

    public static Page Read(string name, string examples, [CallerFilePath] string here = "")
    {
        string root = Path.GetFullPath("../../..", Path.GetDirectoryName(here)!);
        return new Page(File.ReadAllText(Path.Combine(root, "docs/features", name)), File.ReadAllText(Path.Combine(root, "tests/Limpet.Measuring.Tests", examples)));
    }

    /// <summary>Each piece of C# on the page stands in the file of examples, line by line.</summary>
    public void HasTheCodeOfTheExamples()
    {
        string compiled = Lines(examples);
        string[] pieces = [.. Blocks("csharp")];
        Assert.NotEmpty(pieces);
        Assert.All(pieces, piece => Assert.Contains(Lines(piece), compiled, StringComparison.Ordinal));
    }

    /// <summary>One of the blocks of output on the page is this one, with other figures.</summary>
    public void HasTheOutput(string output) => Assert.Contains(Shape(output), Blocks("text").Select(Shape));

    private static string Lines(string code) =>
        string.Join('\n', code.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && !line.StartsWith("using ", StringComparison.Ordinal)));

    private static string Shape(string output) => Spaces().Replace(Sizes().Replace(Numbers().Replace(output.Trim(), "0"), "0 B"), " ");

    private IEnumerable<string> Blocks(string language) =>
        CodeBlocks().Matches(text).Where(block => block.Groups[1].Value == language).Select(block => block.Groups[2].Value);

    [GeneratedRegex("```([a-z]+)\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlocks();

    [GeneratedRegex(@"[-+]?\d[\d.,]*")]
    private static partial Regex Numbers();

    [GeneratedRegex("0 [KMGT]iB")]
    private static partial Regex Sizes();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
