using Limpet.Cli.Watching.Tree;
using Limpet.Resources;
using Limpet.Results;

namespace Limpet.Cli.Watching.Counters;

/// <summary>Listens to the .NET processes of a tree. A process is asked once it has been there for a moment: most of a build have not.</summary>
internal sealed class CounterListeners(bool redact) : IDisposable
{
    /// <summary>How often processes publish.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>Younger processes are not asked: a host has not loaded its runtime yet, and the most short-lived ones are nobody's concern.</summary>
    private static readonly TimeSpan Youngest = TimeSpan.FromSeconds(1);

    /// <summary>How long a process of unknown kind may still turn out to be .NET.</summary>
    private static readonly TimeSpan Undecided = TimeSpan.FromSeconds(10);

    private const int MostListeners = 50;
    private readonly Dictionary<FollowedProcess, TimeSpan> looks = []; // when to look at each again
    private readonly List<ProcessCounters> listeners = [];

    /// <summary>Asks a process that was not asked before; one at a time, so that no tick is late.</summary>
    public void Follow(WatchTree tree, TimeSpan now)
    {
        FollowedProcess? next;
        lock (tree.Gate)
        {
            next = tree.Alive.FirstOrDefault(process => !process.IsZombie && now >= looks.GetValueOrDefault(process, process.StartedAt + Youngest));
        }

        if (next is not null)
        {
            Ask(next, now);
        }
    }

    public void Dispose()
    {
        // Side by side: each may have to wait for a process that does not answer.
        Task.WaitAll([.. listeners.Select(listener => Task.Run(listener.Dispose))]);
        listeners.Clear();
    }

    private void Ask(FollowedProcess process, TimeSpan now)
    {
        DotNetProcess? found = ProcessReaders.DotNet.Detect(process.Pid);
        bool isDotNet = found is { Kind: DotNetKind.CoreClr, IsSdkTool: false };
        bool isHost = found is { Kind: DotNetKind.None } && Path.GetFileName(found.Executable) == "dotnet"; // it may load its runtime yet
        bool isOpen = (isHost || (isDotNet && !found!.RuntimeStarted)) && now - process.StartedAt < Undecided;
        looks[process] = isOpen ? now + Youngest : TimeSpan.MaxValue;
        if (isOpen || !isDotNet)
        {
            return;
        }

        if (!found!.Diagnostics.IsReady)
        {
            process.Counters = ProcessCounters.Refused(WhyNot(found));
        }
        else if (listeners.Count < MostListeners)
        {
            ProcessCounters counters = ProcessCounters.Listen(process.Pid, Interval, redact);
            process.Counters = counters;
            listeners.Add(counters);
        }
        else
        {
            process.Counters = ProcessCounters.Refused($"limpet listens to {MostListeners} processes at most");
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
