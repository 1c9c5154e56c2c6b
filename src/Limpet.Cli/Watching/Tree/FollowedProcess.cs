using System.Collections.Immutable;
using Limpet.Cli.Watching.Counters;
using Limpet.Resources;

namespace Limpet.Cli.Watching.Tree;

/// <summary>A process of the tree, with what was read of it.</summary>
internal sealed class FollowedProcess(IProcessProbe probe, int parentPid, TimeSpan startedAt, int bornIn)
{
    public IProcessProbe Probe { get; } = probe;

    public int Pid => Probe.Pid;

    /// <summary>Its parent when it was first seen.</summary>
    public int ParentPid { get; } = parentPid;

    /// <summary>When it started, from the start of the run; negative when it was there before.</summary>
    public TimeSpan StartedAt { get; } = startedAt;

    /// <summary>The phase in which it started.</summary>
    public int BornIn { get; set; } = bornIn;

    public ImmutableArray<string> Command { get; set; } = [];

    /// <summary>Whether its command line was read when it was no longer young.</summary>
    public bool IsSettled { get; set; }

    public TimeSpan? EndedAt { get; set; }

    public int? ExitCode { get; set; }

    public ProcessPulse Pulse { get; set; }

    /// <summary>The last reading of what is dear to read; null when there was none.</summary>
    public ProcessReading? Details { get; set; }

    /// <summary>Its limit of open descriptors.</summary>
    public long? OpenFilesLimit { get; set; }

    public bool IsZombie { get; set; }

    /// <summary>The last mark at which it had ended and its parent had not asked about it.</summary>
    public int ZombieMark { get; set; } = -1;

    /// <summary>The numbers of its descriptors, when they were last listed.</summary>
    public List<int> Numbers { get; } = [];

    /// <summary>Whether its descriptors were listed before.</summary>
    public bool EverListed { get; set; }

    /// <summary>What it closed a moment ago.</summary>
    public List<(Item Item, TimeSpan At)> LastClosed { get; } = [];

    /// <summary>The ids of its threads, when they were last listed.</summary>
    public List<int> ThreadNumbers { get; } = [];

    /// <summary>Whether its threads could be listed.</summary>
    public bool ThreadsListed { get; set; }

    /// <summary>Its resident memory at the reading before the last mark.</summary>
    public long RssBefore { get; set; }

    /// <summary>Descriptors at the last mark.</summary>
    public int MarkDescriptors { get; set; }

    /// <summary>Its memory when the open phase was said to have ended, and the reading in which that was.</summary>
    public (int Reading, long? Memory, long? Arenas) Noted { get; set; } = (-1, null, null);

    /// <summary>Whether they could be listed.</summary>
    public bool Listed { get; set; }

    /// <summary>Its readings over time.</summary>
    public ProcessCourse Course { get; } = new();

    /// <summary>When it is next asked whether it is .NET; null when it was not asked yet.</summary>
    public TimeSpan? AskAt { get; set; }

    /// <summary>What its runtime publishes; null until it was asked, and for a process that is not .NET.</summary>
    public ProcessCounters? Counters { get; set; }

    public long PeakRss { get; set; }

    public long? PeakPss { get; set; }

    public int? PeakDescriptors { get; set; }

    public int PeakThreads { get; set; }

    /// <summary>Open descriptors at the last count; null when they could not be listed.</summary>
    public int? DescriptorCount { get; set; }

    /// <summary>Its proportional memory at the last mark.</summary>
    public long? Pss { get; set; }

    /// <summary>Anonymous and swapped bytes at the last mark.</summary>
    public long? Memory { get; set; }

    /// <summary>Bytes that were mapped for arenas of <c>malloc</c> then.</summary>
    public long? Arenas { get; set; }

    /// <summary>Descriptors that are open, by number.</summary>
    public Dictionary<int, Item> Descriptors { get; } = [];

    /// <summary>Threads that run, by id, without the first.</summary>
    public Dictionary<int, Item> Threads { get; } = [];

    /// <summary>Itself, as something that somebody started.</summary>
    public required Item Self { get; init; }

    /// <summary>Its memory at the bounds of phases.</summary>
    public List<MemoryLevel> Levels { get; } = [];
}
