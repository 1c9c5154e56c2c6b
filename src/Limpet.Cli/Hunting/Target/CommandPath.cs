using Limpet.Results;
using Limpet.Text;

namespace Limpet.Cli.Hunting.Target;

/// <summary>Whether a command can be started, looked at before it is tried: so that the error names what is wrong.</summary>
internal static class CommandPath
{
    private const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Passes when the command is there and executable.</summary>
    /// <exception cref="LimpetException">It is not.</exception>
    public static void Require(string command, string? workingDirectory)
    {
        if (workingDirectory is not null && !Directory.Exists(workingDirectory))
        {
            throw new LimpetException($"The folder {Escaping.Show(workingDirectory)} in which the command should run does not exist. Create it, or move the hunt file to where the command belongs.");
        }

        string shown = Escaping.Show(command);
        if (command.Length == 0)
        {
            throw new LimpetException("The command to start is an empty word. Give the name of a program after --.");
        }

        if (!command.Contains('/', StringComparison.Ordinal))
        {
            if (!IsInPath(command))
            {
                throw new LimpetException($"Command {shown} is not found in PATH. Check its name, or give its path: ./{shown}");
            }

            return;
        }

        string path = Path.GetFullPath(command, Path.GetFullPath(workingDirectory ?? "."));
        if (Directory.Exists(path))
        {
            throw new LimpetException($"Command {shown} is a folder ({Escaping.Show(path)}). Give a program; for a project: dotnet run --project {shown}");
        }

        if (!File.Exists(path))
        {
            throw new LimpetException($"Command {shown} does not exist ({Escaping.Show(path)}). Check the path; it counts from {Escaping.Show(Path.GetFullPath(workingDirectory ?? "."))}.");
        }

        if (!IsExecutable(path))
        {
            string remedy = path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) ? $"Start it by: dotnet {shown}" : $"Make it executable: chmod +x {shown}";
            throw new LimpetException($"Command {shown} is not executable. {remedy}");
        }
    }

    private static bool IsInPath(string command) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(':', StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, command))
        .Any(path => File.Exists(path) && IsExecutable(path));

    private static bool IsExecutable(string path) => OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & Executable) != 0;
}
