using System.Collections.Immutable;
using Limpet.Resources;

namespace Limpet.Cli.Watching.Tree;

/// <summary>One descriptor, thread or process that was seen, and since when.</summary>
internal sealed class Item
{
    /// <summary>A phase that has not begun yet.</summary>
    public const int Next = int.MaxValue;

    /// <summary>No phase: what was there before the first, or is there for another reason.</summary>
    public const int NoPhase = -1;

    public required ItemKind Kind { get; init; }

    /// <summary>The process that has it; that it is, for <see cref="ItemKind.Child"/>.</summary>
    public required int Pid { get; init; }

    /// <summary>The phase in which it was opened or started; <see cref="Next"/> when it is that which comes next.</summary>
    public int Owner { get; set; } = NoPhase;

    /// <summary>What it is, for a descriptor.</summary>
    public Descriptor? Descriptor { get; set; }

    /// <summary>What is known of it, for a socket.</summary>
    public SocketInfo? Socket { get; set; }

    /// <summary>Whether the kernel was asked about it.</summary>
    public bool SocketAsked { get; set; }

    /// <summary>Its name, for a thread; its program, for a process.</summary>
    public string Name { get; set; } = "";

    /// <summary>The command line, for a process.</summary>
    public ImmutableArray<string> Command { get; set; } = [];

    /// <summary>When it was started, for a thread; in steps of 10 ms.</summary>
    public TimeSpan? StartedAt { get; init; }

    /// <summary>Whether its process ended before all was torn down, so that nobody knows whether it would have been given back.</summary>
    public bool Unproven { get; set; }

    /// <summary>When its target was last looked at, for a descriptor: between, only its number is.</summary>
    public TimeSpan Verified { get; set; }

    /// <summary>When it was first seen, for a descriptor.</summary>
    public TimeSpan FirstSeen { get; init; }

    /// <summary>When it was last seen.</summary>
    public TimeSpan LastSeen { get; set; }

    /// <summary>The number of the last reading at a mark that saw it.</summary>
    public int LastMark { get; set; } = -1;

    /// <summary>How often it had run at the last mark; for threads and processes.</summary>
    public long Runs { get; set; }

    /// <summary>Phases after its own in which it ran: something still uses it.</summary>
    public int PhasesUsed { get; set; }
}
