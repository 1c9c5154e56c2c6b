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
    public static CliRun Execute(IReadOnlyList<string> command, IReadOnlyDictionary<string, string>? environment = null, TimeSpan? deadline = null)
    {
        ProcessStartInfo start = new(command[0], command.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath() };
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(deadline ?? Deadline))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{string.Join(' ', command)} does not end.");
        }

        return new CliRun(process.ExitCode, output.Result, error.Result);
    }
}
