using System.Diagnostics;
using System.Globalization;
using Limpet.Testing;

namespace Limpet.EndToEnd.Tests;

/// <summary>The target is killed while its heap is being read: one clear sentence and the documented exit code, or the whole file.</summary>
public sealed class EndedTargetTests
{
    private const int Kills = 12;

    [Fact]
    public void Snapshot_OfATargetKilledAtAnyMoment_WritesAWholeFileOrNone()
    {
        TimeSpan whole = Snapshot(null, TimeSpan.Zero).Expect(0).Duration;
        int ended = 0;
        for (int kill = 0; kill < Kills; kill++)
        {
            ended += Snapshot(" attaching to process ", whole * kill / Kills).ExpectWholeOrEnded() ? 1 : 0;
        }

        Assert.True(ended > 0, $"All of {Kills} snapshots were done before the target was killed.");
    }

    [Fact]
    public void Snapshot_OfATargetKilledBeforeItsCapture_WritesAWholeFileOrNone() =>
        Snapshot("Predicted: ", TimeSpan.Zero).ExpectWholeOrEnded();

    [Fact]
    public void Snapshot_OfATargetKilledAfterItsCapture_WritesAWholeFile() =>
        Assert.False(Snapshot(" captured: ", TimeSpan.Zero).Expect(0).ExpectWholeOrEnded());

    /// <summary>Takes a snapshot of a target of its own, and kills the target a while after the tool says how far it is.</summary>
    private static Outcome Snapshot(string? step, TimeSpan after)
    {
        using TemporaryFolder folder = new();
        using TargetProcess process = TargetProcess.Start("objects 300000");
        using CancellationTokenSource over = new();
        string file = folder.File("heap.limpet");
        Task? killed = null;
        long start = Stopwatch.GetTimestamp();
        CliRun run = CliProcess.Execute(
            ["dotnet", CliProcess.Dll, "snapshot", $"{process.Id}", "-o", file, "--verbose", "--max-stall", "1m"],
            onError: (_, line) =>
            {
                if (step is not null && line.Contains(step, StringComparison.Ordinal))
                {
                    killed = KillAsync(process, after, over.Token);
                }
            });
        TimeSpan duration = Stopwatch.GetElapsedTime(start);
        over.Cancel();
        Assert.True(step is null || killed!.Wait(TimeSpan.FromMinutes(1)), run.Error);
        string[] left = [.. Directory.GetFileSystemEntries(folder.Path).Select(path => Path.GetFileName(path)!)];
        CliRun? why = File.Exists(file) ? CliProcess.Run("why", file, "Node") : null;
        return new Outcome(process, run, duration, left, why);
    }

    private static async Task KillAsync(TargetProcess process, TimeSpan after, CancellationToken over)
    {
        await Task.Delay(after, over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        process.Kill();
    }

    private sealed record Outcome(TargetProcess Target, CliRun Run, TimeSpan Duration, string[] Files, CliRun? Why)
    {
        public Outcome Expect(int exitCode)
        {
            Run.Expect(exitCode);
            return this;
        }

        /// <summary>Whether the tool saw the end of its target.</summary>
        public bool ExpectWholeOrEnded()
        {
            if (Run.ExitCode == 0)
            {
                Assert.Equal(["heap.limpet"], Files);
                Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"{int.Parse(Target.Truth["Node"], CultureInfo.InvariantCulture):N0} objects"), Why!.Expect(0).Output, StringComparison.Ordinal);

                // Names that could not be read any more are not passed over in silence, also not by the file.
                bool isWhole = Run.Output.Contains("the heap is complete", StringComparison.Ordinal);
                Assert.Equal(isWhole, !Run.Output.Contains($"process {Target.Id} ended before everything was named", StringComparison.Ordinal));
                Assert.True(!isWhole || Why.Output.Contains("↓ Nodes", StringComparison.Ordinal), Why.Output);
                Assert.Equal(isWhole, !Why.Output.Contains("ended before everything was named", StringComparison.Ordinal));
                return false;
            }

            Run.Expect(3);
            Assert.Empty(Files);
            string last = Run.Error.TrimEnd('\n').Split('\n')[^1];
            Assert.Equal($"limpet: Process {Target.Id} ended while it was being read. List the .NET processes with: limpet ps", last);
            Assert.Equal("", Run.Output);
            return true;
        }
    }
}
