using System.Collections.Immutable;

namespace Limpet.Resources.Linux;

/// <summary>What a .NET process is called, and whether it belongs to the SDK, by its executable and command line.</summary>
internal static class ProgramName
{
    private static readonly string[] BuildServers = ["MSBuild", "VBCSCompiler", "csc", "vbc", "fsc"];

    /// <summary>The name of the program, and whether it is a tool of the SDK.</summary>
    public static (string Name, bool IsSdkTool) Of(string? executable, ImmutableArray<string> commandLine)
    {
        string host = Path.GetFileName(executable ?? commandLine.FirstOrDefault() ?? "");
        if (host is not "dotnet")
        {
            return (host, BuildServers.Contains(host) && IsUnderSdk(executable));
        }

        string? assembly = Assembly(commandLine);
        if (assembly is null)
        {
            // `dotnet run`, `dotnet build`: the host runs the SDK's own dotnet.dll.
            return ("dotnet", true);
        }

        string name = Path.GetFileNameWithoutExtension(assembly);
        return (name, IsUnderSdk(assembly) || BuildServers.Contains(name));
    }

    /// <summary>The assembly that the host <c>dotnet</c> runs, as it was told; null for a program that is its own host.</summary>
    public static string? AssemblyOf(string? executable, ImmutableArray<string> commandLine) =>
        Path.GetFileName(executable ?? commandLine.FirstOrDefault() ?? "") == "dotnet" ? Assembly(commandLine) : null;

    /// <summary>The assembly that the host <c>dotnet</c> was told to run: its first word that is no option of the host.</summary>
    private static string? Assembly(ImmutableArray<string> commandLine)
    {
        for (int i = 1; i < commandLine.Length; i++)
        {
            string word = commandLine[i];
            if (word == "exec")
            {
                continue;
            }

            if (word.StartsWith("--", StringComparison.Ordinal))
            {
                i++; // --runtimeconfig, --depsfile, --fx-version, --roll-forward, --additionalprobingpath: each has a value
                continue;
            }

            return word.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) || word.EndsWith(".exe", StringComparison.OrdinalIgnoreCase) ? word : null;
        }

        return null;
    }

    /// <summary>Whether a path is <c>…/sdk/VERSION/…</c>.</summary>
    private static bool IsUnderSdk(string? path)
    {
        const string Folder = "/sdk/";
        int at = path?.IndexOf(Folder, StringComparison.Ordinal) ?? -1;
        return at >= 0 && path!.Length > at + Folder.Length && char.IsAsciiDigit(path[at + Folder.Length]);
    }
}
