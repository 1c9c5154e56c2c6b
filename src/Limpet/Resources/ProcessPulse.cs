using Limpet.Results;

namespace Limpet.Resources;

/// <summary>What the kernel counts of a process anyway.</summary>
/// <param name="ParentPid">Its parent now.</param>
/// <param name="State">State as the kernel writes it.</param>
/// <param name="Rss">Resident set size.</param>
/// <param name="Threads">Threads of the operating system.</param>
/// <param name="Cpu">Processor time since its start, in steps of a clock tick (10 ms).</param>
/// <param name="ExitCode">How it ended, where it did and the system tells: its exit code, 128 and the signal when one ended it.</param>
public readonly record struct ProcessPulse(int ParentPid, char State, ByteSize Rss, int Threads, TimeSpan Cpu, int? ExitCode)
{
    /// <summary>Another number for each program that it runs, so that a new command line shows without being read; 0 where the system does not tell.</summary>
    public int Program { get; init; }

    /// <summary>Whether it ended and only waits for its parent to reap it.</summary>
    public bool Ended => State is 'Z' or 'X';
}
