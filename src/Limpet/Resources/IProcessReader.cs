namespace Limpet.Resources;

/// <summary>Answers: what does this process hold now?</summary>
public interface IProcessReader
{
    /// <summary>Reads a process. A process that ended gives a reading with <see cref="ProcessReading.Ended"/>; nothing is thrown for one.</summary>
    /// <param name="pid">The process.</param>
    /// <param name="parts">What to read.</param>
    ProcessReading Read(int pid, ProcessParts parts = ProcessParts.All);

    /// <summary>What the kernel knows of the sockets that a process can see, by the number in a descriptor's target. Empty when it cannot be read.</summary>
    /// <param name="pid">The process.</param>
    IReadOnlyDictionary<long, SocketInfo> ReadSockets(int pid);
}
