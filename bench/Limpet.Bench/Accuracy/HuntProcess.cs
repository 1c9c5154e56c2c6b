using System.Diagnostics;
using System.Text.Json;
using Limpet.Bench.Processes;
using Limpet.Capture;

namespace Limpet.Bench.Accuracy;

/// <summary>One hunt as a user runs it: a process of the built tool, with a temporary folder of its own, so that no run sees what another left.</summary>
internal static class HuntProcess
{
    /// <summary>Well above what a hunt may take: it has failed then, and is not waited for.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(150);

    public static HuntOutcome Run(TargetTruth target)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("limpet-accuracy-");
        try
        {
            string file = Path.Combine(folder.FullName, "hunt.json");
            long start = Stopwatch.GetTimestamp();
            using TraceableProcess process = TraceableProcess.Start(
                ["dotnet", Folders.CliDll, "hunt", .. target.Hunt, "--json", file, "--quiet", "--", "dotnet", Folders.TargetsDll, target.Name, .. target.Arguments],
                folder.FullName,
                new Dictionary<string, string> { ["TMPDIR"] = folder.FullName });
            process.StandardInput.Dispose();
            Task<string> output = new StreamReader(process.StandardOutput).ReadToEndAsync();
            Task<string> errors = new StreamReader(process.StandardError).ReadToEndAsync();
            bool ended = process.Exited.Wait(Deadline);
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            if (!ended)
            {
                // It ends its target when it is asked to, and not when it is killed.
                process.RequestEnd();
                if (!process.Exited.Wait(TimeSpan.FromSeconds(20)))
                {
                    process.Kill();
                    process.Exited.Wait(TimeSpan.FromSeconds(20));
                }

                return HuntOutcome.None($"no answer within {Deadline.TotalSeconds} s", seconds);
            }

            if (!File.Exists(file))
            {
                return HuntOutcome.None($"exit code {process.Exited.Result.Code} and no JSON: {FirstLine(errors.Result, output.Result)}", seconds);
            }

            using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(file));
            return HuntOutcome.Read(json.RootElement.Clone(), seconds);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string FirstLine(params string[] texts) =>
        texts.SelectMany(text => text.Split('\n')).FirstOrDefault(line => line.Length > 0) ?? "it said nothing";
}
