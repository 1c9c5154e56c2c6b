using Limpet.Cli.Watching.Tree;
using Limpet.Resources;
using Limpet.Results;

namespace Limpet.Cli.Watching.Counters;

/// <summary>Listens to the .NET processes of a tree. A process is asked once it has been there for a moment: most of a build have not.</summary>
/// <param name="redact">Whether to take secrets out of what they publish.</param>
/// <param name="most">Processes that are listened to at the same time.</param>
internal sealed class CounterListeners(bool redact, int most = 50) : IDisposable
{
    /// <summary>How often processes publish.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>Younger processes are not asked: a host has not loaded its runtime yet, and the most short-lived ones are nobody's concern.</summary>
    private static readonly TimeSpan Youngest = TimeSpan.FromSeconds(1);

    /// <summary>How long a process of unknown kind may still turn out to be .NET.</summary>
    private static readonly TimeSpan Undecided = TimeSpan.FromSeconds(10);

    private readonly List<(FollowedProcess Process, ProcessCounters Counters)> listeners = [];
    private readonly List<Task> ending = [];

    /// <summary>Asks a process that was not asked before; one at a time, so that no tick is late.</summary>
    public void Follow(WatchTree tree, TimeSpan now)
    {
        FollowedProcess? next;
        lock (tree.Gate)
        {
            next = tree.Alive.FirstOrDefault(process => !process.IsZombie && now >= (process.AskAt ?? process.StartedAt + Youngest));
            Release(process => process.EndedAt is not null);
        }

        if (next is not null)
        {
            Ask(next, now);
        }
    }

    public void Dispose()
    {
        Release(_ => true);
        Task.WaitAll([.. ending]);
        ending.Clear();
    }

    /// <summary>Stops to listen to some. Side by side, and beside the readings: each may have to wait for a process that does not answer.</summary>
    private void Release(Func<FollowedProcess, bool> which)
    {
        ending.RemoveAll(task => task.IsCompletedSuccessfully);
        foreach ((_, ProcessCounters counters) in listeners.Where(listener => which(listener.Process)))
        {
            ending.Add(Task.Run(counters.Dispose));
        }

        listeners.RemoveAll(listener => which(listener.Process));
    }

    private void Ask(FollowedProcess process, TimeSpan now)
    {
        DotNetProcess? found = ProcessReaders.DotNet.Detect(process.Pid);
        bool isDotNet = found is { Kind: DotNetKind.CoreClr, IsSdkTool: false };
        bool isHost = found is { Kind: DotNetKind.None } && Path.GetFileName(found.Executable) == "dotnet"; // it may load its runtime yet
        bool isOpen = (isHost || (isDotNet && !found!.RuntimeStarted)) && now - process.StartedAt < Undecided;
        process.AskAt = isOpen ? now + Youngest : TimeSpan.MaxValue;
        if (isOpen || !isDotNet)
        {
            return;
        }

        if (!found!.Diagnostics.IsReady)
        {
            process.Counters = ProcessCounters.Refused(WhyNot(found));
        }
        else if (listeners.Count < most)
        {
            ProcessCounters counters = ProcessCounters.Listen(process.Pid, Interval, redact);
            process.Counters = counters;
            listeners.Add((process, counters));
        }
        else
        {
            process.Counters = ProcessCounters.Refused($"limpet listens to {most} processes at most at the same time");
        }
    }

    private static string WhyNot(DotNetProcess process)
    {
        try
        {
            process.Diagnostics.RequireReady(process.Pid);
            return "";
        }
        catch (LimpetException exception)
        {
            return exception.Message;
        }
    }
}
