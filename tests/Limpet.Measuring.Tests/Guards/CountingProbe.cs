using System.Collections.Immutable;
using Limpet.Resources;
using Limpet.Results;

namespace Limpet.Tests.Guards;

/// <summary>This process, and how often it is asked what.</summary>
internal sealed class CountingProbe(IProcessProbe probe) : IProcessProbe
{
    /// <summary>How often descriptors were listed.</summary>
    public int DescriptorLists { get; private set; }

    /// <summary>How often threads were listed.</summary>
    public int ThreadLists { get; private set; }

    /// <summary>How often a single descriptor, thread or file was read.</summary>
    public int Reads { get; private set; }

    public int Pid => probe.Pid;

    public long StartTime => probe.StartTime;

    public void Reset() => DescriptorLists = ThreadLists = Reads = 0;

    public ProcessPulse? Read()
    {
        Reads++;
        return probe.Read();
    }

    public bool TryListDescriptors(List<int> numbers)
    {
        DescriptorLists++;
        return probe.TryListDescriptors(numbers);
    }

    public Descriptor? ReadDescriptor(int number)
    {
        Reads++;
        return probe.ReadDescriptor(number);
    }

    public Descriptor? ReadExchanged(Descriptor before)
    {
        Reads++;
        return probe.ReadExchanged(before);
    }

    public bool TryListThreads(List<int> numbers)
    {
        ThreadLists++;
        return probe.TryListThreads(numbers);
    }

    public ThreadPulse? ReadThread(int thread)
    {
        Reads++;
        return probe.ReadThread(thread);
    }

    public long? ReadThreadRuns(int thread)
    {
        Reads++;
        return probe.ReadThreadRuns(thread);
    }

    public ByteSize? ReadAllocatorArenas()
    {
        Reads++;
        return probe.ReadAllocatorArenas();
    }

    public ImmutableArray<string> ReadCommandLine()
    {
        Reads++;
        return probe.ReadCommandLine();
    }

    public void Dispose() => probe.Dispose();
}
