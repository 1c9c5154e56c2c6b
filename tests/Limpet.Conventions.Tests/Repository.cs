using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Limpet.Conventions.Tests;

/// <summary>The files of the repository, without what builds and tests leave behind.</summary>
internal static partial class Repository
{
    private static readonly string[] Left = [".git", "artifacts", "bin", "obj", "node_modules", "TestResults", ".vs", ".idea"];

    public static string Root { get; } = FindRoot();

    /// <summary>All files, by their path from the root.</summary>
    public static IReadOnlyList<string> Files { get; } = [.. Walk(Root).Select(path => Path.GetRelativePath(Root, path)).Order(StringComparer.Ordinal)];

    /// <summary>The source files of the product.</summary>
    public static IEnumerable<string> Sources => Under("src/", ".cs");

    /// <summary>All projects.</summary>
    public static IEnumerable<string> Projects => Under("", ".csproj");

    public static IEnumerable<string> Under(string folder, string extension) =>
        Files.Where(file => file.StartsWith(folder, StringComparison.Ordinal) && file.EndsWith(extension, StringComparison.Ordinal));

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    public static XDocument ReadXml(string file) => XDocument.Parse(Read(file));

    public static bool Exists(string path) => File.Exists(Path.Combine(Root, path)) || Directory.Exists(Path.Combine(Root, path));

    /// <summary>A source file without its comments. Good enough for this code: a <c>//</c> inside of a string stands behind a colon.</summary>
    public static string ReadCode(string file) => Comments().Replace(Read(file), "");

    /// <summary>The types that a file declares, nested ones too.</summary>
    public static IEnumerable<string> DeclaredTypes(string file) =>
        Declarations().Matches(ReadCode(file)).Select(match => match.Groups["name"].Value);

    /// <summary>The types that a file declares in its namespace.</summary>
    public static IEnumerable<string> OuterTypes(string file) =>
        Declarations().Matches(ReadCode(file)).Where(match => match.Groups["indent"].Length == 0).Select(match => match.Groups["name"].Value);

    private static IEnumerable<string> Walk(string folder) =>
        Directory.EnumerateFiles(folder).Where(file => Path.GetFileName(file) != ".git")
            .Concat(Directory.EnumerateDirectories(folder).Where(inner => !Left.Contains(Path.GetFileName(inner))).SelectMany(Walk));

    private static string FindRoot([CallerFilePath] string here = "") => Path.GetFullPath("../..", Path.GetDirectoryName(here)!);

    [GeneratedRegex(@"(?<!:)//[^\n]*|/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comments();

    [GeneratedRegex(@"^(?<indent> *)(?:(?:public|internal|private|protected|file|sealed|static|abstract|partial|readonly|ref|unsafe|new)\s+)*(?:class|record struct|record class|record|struct|interface|enum|delegate\s+[^(]*?)\s+(?<name>[A-Z]\w*)\s*[\s<({:;]", RegexOptions.Multiline)]
    private static partial Regex Declarations();
}
