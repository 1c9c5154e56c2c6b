using System.Collections.Immutable;
using Limpet.Results;

namespace Limpet.Resources;

/// <summary>
/// Answers, again and again and cheaply: how is this one process? It stays with its process: another one that is given the same id later is
/// not read by it. Not safe for use from several threads at once.
/// </summary>
public interface IProcessProbe : IDisposable
{
    /// <summary>The process id.</summary>
    int Pid { get; }

    /// <summary>Start time in clock ticks since boot.</summary>
    long StartTime { get; }

    /// <summary>Reads what the kernel counts anyway (about 5 µs). Null when the process is gone.</summary>
    ProcessPulse? Read();

    /// <summary>Lists the numbers of the open descriptors (about 10 µs and 0.3 µs each).</summary>
    /// <param name="numbers">Where they go; emptied before.</param>
    /// <returns>Whether they could be listed: false for a process that ended, or that the system hides.</returns>
    bool TryListDescriptors(List<int> numbers);

    /// <summary>What a descriptor refers to, as the kernel writes it; null when it is closed.</summary>
    /// <param name="number">The descriptor.</param>
    Descriptor? ReadDescriptor(int number);

    /// <summary>What a descriptor refers to where that is something else than before; null when it is the same, or closed.</summary>
    /// <param name="known">What it referred to.</param>
    Descriptor? ReadExchanged(Descriptor known);

    /// <summary>Lists the ids of the threads.</summary>
    /// <param name="threads">Where they go; emptied before.</param>
    /// <returns>Whether they could be listed.</returns>
    bool TryListThreads(List<int> threads);

    /// <summary>What a thread is and when it began; null when it has ended.</summary>
    /// <param name="thread">Its id.</param>
    ThreadPulse? ReadThread(int thread);

    /// <summary>How often a thread has run since it began; null when it has ended, or the kernel does not count.</summary>
    /// <param name="thread">Its id; that of the process is its first thread.</param>
    long? ReadThreadRuns(int thread);

    /// <summary>Memory in which <c>malloc</c> keeps what was freed for later use: its heap and arenas, resident or not. Null when it cannot be seen.</summary>
    ByteSize? ReadAllocatorArenas();

    /// <summary>The command line as the process shows it; empty when it cannot be seen. May hold secrets: redact and escape before showing.</summary>
    ImmutableArray<string> ReadCommandLine();
}
