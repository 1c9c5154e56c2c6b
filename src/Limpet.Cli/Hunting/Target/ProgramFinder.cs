using System.Collections.Immutable;
using Limpet.Resources;
using Limpet.Results;
using Limpet.Text;

namespace Limpet.Cli.Hunting.Target;

/// <summary>Finds the .NET program among the processes that a command started: not <c>dotnet run</c> itself, not a build node, not the compiler server.</summary>
internal static class ProgramFinder
{
    /// <summary>The .NET programs whose runtime has started, by process id.</summary>
    /// <param name="tree">The processes to look at.</param>
    /// <param name="name">The program that is meant, with or without <c>.dll</c>; null: any that is no part of the SDK.</param>
    public static ImmutableArray<DotNetProcess> Find(IEnumerable<ProcessEntry> tree, string? name) =>
    [
        .. tree.Select(entry => ProcessReaders.DotNet.Detect(entry.Pid))
            .OfType<DotNetProcess>()
            .Where(process => process.RuntimeStarted && (name is null ? !process.IsSdkTool : IsCalled(process, name)))
            .OrderBy(process => process.Pid),
    ];

    /// <summary>The error for more than one.</summary>
    public static LimpetException Several(ImmutableArray<DotNetProcess> found, string? name)
    {
        string list = string.Concat(found.Take(20).Select(process =>
            $"\n    {process.Pid}  {Escaping.Show(process.Name, 60)}  {Escaping.Show(string.Join(' ', Redaction.CommandLine(process.CommandLine)), 120)}"));
        return new LimpetException(
            $"The command started {found.Length} .NET programs{(name is null ? "" : $" called {Escaping.Show(name)}")}, and a hunt looks at one:{list}\n"
            + (name is null ? $"Choose by --process NAME, such as --process {Escaping.Show(found[0].Name, 60)}." : "Choose by --pid N."));
    }

    private static bool IsCalled(DotNetProcess process, string name)
    {
        const string Library = ".dll";
        string plain = name.EndsWith(Library, StringComparison.OrdinalIgnoreCase) ? name[..^Library.Length] : name;
        return string.Equals(process.Name, plain, StringComparison.OrdinalIgnoreCase)
            || string.Equals(process.Name, name, StringComparison.OrdinalIgnoreCase)
            || string.Equals(Path.GetFileName(process.Executable), name, StringComparison.Ordinal);
    }
}
