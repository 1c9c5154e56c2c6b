using System.Diagnostics;
using Limpet.Testing;

namespace Limpet.EndToEnd.Tests;

/// <summary>The built tool, run as a process of its own.</summary>
internal static class CliProcess
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    /// <summary>The tool in the configuration of the tests.</summary>
    public static string Dll { get; } = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "..", "..", "Limpet.Cli", new DirectoryInfo(AppContext.BaseDirectory).Name, "Limpet.Cli.dll"));

    /// <summary>Runs the tool.</summary>
    public static CliRun Run(params string[] arguments) => Execute(["dotnet", Dll, .. arguments]);

    /// <summary>Runs a command to its end.</summary>
    /// <param name="command">Program and arguments.</param>
    /// <param name="environment">Variables to set.</param>
    /// <param name="deadline">When to give up; a minute unless said otherwise.</param>
    /// <param name="onError">Called with the process id and each line of standard error, as soon as it comes.</param>
    public static CliRun Execute(IReadOnlyList<string> command, IReadOnlyDictionary<string, string>? environment = null, TimeSpan? deadline = null, Action<int, string>? onError = null)
    {
        ProcessStartInfo start = new(command[0], command.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath() };
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = ReadAsync(process.StandardError, line => onError?.Invoke(process.Id, line));
        if (!process.WaitForExit(deadline ?? Deadline))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{string.Join(' ', command)} does not end.");
        }

        return new CliRun(process.ExitCode, output.Result, error.Result);
    }

    private static async Task<string> ReadAsync(StreamReader reader, Action<string> onLine)
    {
        System.Text.StringBuilder text = new();
        while (await reader.ReadLineAsync() is { } line)
        {
            text.Append(line).Append('\n');
            onLine(line);
        }

        return text.ToString();
    }
}
