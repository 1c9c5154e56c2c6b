using System.Globalization;
using Limpet.Bench.Processes;

namespace Limpet.Bench.Killing;

/// <summary>What became of a target after one killing of the process that captured it.</summary>
/// <param name="InStop">Whether the target was being traced when the kill was sent.</param>
/// <param name="Trouble">What is wrong with the target; null when it is well.</param>
internal sealed record KillTrial(bool InStop, string? Trouble)
{
    private static readonly TimeSpan AnswerDeadline = TimeSpan.FromSeconds(10);

    /// <summary>Starts a process that captures again and again, and kills it <paramref name="after"/> that it began.</summary>
    public static KillTrial Run(BenchTarget target, TimeSpan after)
    {
        using LineProcess capturing = LineProcess.Start(Folders.BenchDll, ["capture-loop", target.Id.ToString(CultureInfo.InvariantCulture)]);
        capturing.ReadLine();
        Thread.Sleep(after);
        bool inStop = TargetThreads.Tracers(target.Id).Length > 0;
        capturing.Kill();
        return new KillTrial(inStop, TroubleOf(target));
    }

    private static string? TroubleOf(BenchTarget target)
    {
        try
        {
            target.LargestGap(AnswerDeadline);
        }
        catch (TimeoutException)
        {
            return $"does not answer; {TargetThreads.Stopped(target.Id)} threads stopped";
        }

        string[] tracers = TargetThreads.Tracers(target.Id);
        int stopped = TargetThreads.Stopped(target.Id);
        return tracers.Length > 0 ? $"is traced by {string.Join(", ", tracers)}"
            : stopped > 0 ? $"has {stopped} stopped threads"
            : null;
    }
}
