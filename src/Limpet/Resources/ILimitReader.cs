namespace Limpet.Resources;

/// <summary>Answers: how much may a process take, and how much is left?</summary>
public interface ILimitReader
{
    /// <summary>The largest number of descriptors that a process may have open; null when it is not known or there is none.</summary>
    /// <param name="pid">The process.</param>
    long? OpenFiles(int pid);

    /// <summary>The memory that a process shares with others, and its limits. Fields that cannot be read are null.</summary>
    /// <param name="pid">The process.</param>
    MemoryRoom Memory(int pid);

    /// <summary>The same again, of the groups in which the process was, whether or not it has ended or moved since.</summary>
    /// <param name="earlier">What was read of it before.</param>
    MemoryRoom Renew(MemoryRoom earlier);
}
