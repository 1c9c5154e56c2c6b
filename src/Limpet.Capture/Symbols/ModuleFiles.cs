using System.Globalization;

namespace Limpet.Capture.Symbols;

/// <summary>
/// The module files that a process has mapped, by the path that it knows them by. What it loaded from memory or out of a single-file
/// program is not among them, nor is a file that was replaced since: its code is no longer what runs.
/// </summary>
internal static class ModuleFiles
{
    private const string Deleted = " (deleted)";

    /// <summary>Path inside the process → path to open. Empty when the process has gone.</summary>
    public static Dictionary<string, string> Of(int pid)
    {
        Dictionary<string, string> modules = new(StringComparer.Ordinal);
        try
        {
            string root = string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/root");
            foreach (string path in File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/maps")).Select(PathIn).OfType<string>().Distinct())
            {
                // A process in a container has other files under the same names.
                modules[path] = File.Exists(root + path) ? root + path : path;
            }
        }
        catch (Exception exception) when (UnreadableFile.Explains(exception))
        {
            // The process has gone, or it is another user's: without files there are no lines.
        }

        return modules;
    }

    /// <summary>The path of a line of <c>/proc/PID/maps</c> where it is that of a module that is still there.</summary>
    internal static string? PathIn(string line)
    {
        int start = line.IndexOf('/', StringComparison.Ordinal);
        if (start < 0 || line.EndsWith(Deleted, StringComparison.Ordinal))
        {
            return null;
        }

        string path = line[start..];
        return path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".exe", StringComparison.OrdinalIgnoreCase) ? path : null;
    }
}
