namespace Limpet.Resources;

/// <summary>A process as its tree shows it.</summary>
/// <param name="Pid">Its id.</param>
/// <param name="ParentPid">Its parent's id.</param>
/// <param name="Group">Its process group.</param>
/// <param name="StartTime">Start time in clock ticks since boot: tells a process from a later one with the same id.</param>
/// <param name="State">State as the kernel writes it.</param>
/// <param name="Name">The kernel's name of it, at most 15 bytes; chosen by the process: escape before showing.</param>
public sealed record ProcessEntry(int Pid, int ParentPid, int Group, long StartTime, char State, string Name)
{
    /// <summary>Whether it ended and only waits for its parent to reap it.</summary>
    public bool Ended => State is 'Z' or 'X';
}
