using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace Limpet.Guards;

/// <summary>Starts this test executable again, to run one test alone and again and again.</summary>
internal static class GuardChild
{
    /// <summary>Runs a test in a process of its own.</summary>
    /// <param name="host">The framework, which knows its arguments.</param>
    /// <param name="test">The test, or the class.</param>
    /// <param name="runs">How many times.</param>
    /// <param name="deadline">When it is ended if it still runs.</param>
    /// <returns>The counts after each run; or why there are none.</returns>
    public static (ImmutableArray<Dictionary<string, long>> Readings, string? Trouble) Run(ITestHost host, GuardedTest test, int runs, TimeSpan deadline)
    {
        string[]? executable = TestProgram.CommandOf(Environment.ProcessPath, Assembly.GetEntryAssembly()?.Location);
        if (executable is null)
        {
            return ([], TestProgram.WhyNone(host, Assembly.GetEntryAssembly()?.Location));
        }

        if (host.ArgumentsFor(test) is not { } arguments)
        {
            return ([], test.Method is null
                ? $"{host.Framework} runs no class alone and again: only a test that left something can be run again"
                : $"{host.Framework} cannot start this test process again with a filter");
        }

        string readings = Path.GetTempFileName();
        try
        {
            ProcessStartInfo start = new(executable[0], [.. executable[1..], .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
            start.Environment[RepeatedRun.TestVariable] = $"{test.ClassName}|{test.Method}";
            start.Environment[RepeatedRun.RunsVariable] = runs.ToString(CultureInfo.InvariantCulture);
            start.Environment[RepeatedRun.FileVariable] = readings;
            using Process child = Process.Start(start)!;
            child.StandardInput.Close();
            // The pipes must be read, or the child stops when they are full.
            Task<string> output = child.StandardOutput.ReadToEndAsync();
            Task<string> errors = child.StandardError.ReadToEndAsync();
            if (!child.WaitForExit(deadline))
            {
                child.Kill(entireProcessTree: true);
                child.WaitForExit();
                return ([], $"{runs} runs alone did not end within {Math.Round(deadline.TotalSeconds, 1).ToString(CultureInfo.InvariantCulture)} s");
            }

            ImmutableArray<Dictionary<string, long>> lines = [.. File.ReadAllLines(readings).Select(line => JsonSerializer.Deserialize(line, RepeatedRunJson.Default.DictionaryStringInt64)!)];
            return lines.Length == runs ? (lines, null)
                : lines is [.., var last] && last[RepeatedRun.FailedCount] > 0 ? ([], $"alone, it fails in run {lines.Length}")
                : lines is [.., var none] && none[RepeatedRun.RanCount] == 0 ? ([], "alone, it does not run")
                : ([], $"the process that should run it alone ended with {child.ExitCode} after {lines.Length} of {runs} runs: {LastLine(errors.Result, output.Result)}");
        }
        finally
        {
            File.Delete(readings);
        }
    }

    private static string LastLine(params string[] texts) =>
        texts.Select(text => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault()).FirstOrDefault(line => line is not null) ?? "it wrote nothing";
}
