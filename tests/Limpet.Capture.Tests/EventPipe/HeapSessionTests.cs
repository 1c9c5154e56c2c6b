using Limpet.Capture.EventPipe;
using Limpet.Results;

namespace Limpet.Capture.Tests.EventPipe;

/// <summary>What goes wrong on the thread that reads the events is told to whoever waits for them.</summary>
public sealed class HeapSessionTests
{
    [Fact]
    public void FailureOf_Nothing_IsNone()
    {
        using HeapEvents events = new();
        bool hasRead = false;
        Assert.Null(HeapSession.FailureOf(1, events, () => hasRead = true));
        Assert.True(hasRead);
    }

    [Fact]
    public void FailureOf_NoMemory_SaysHowFarItCame()
    {
        using HeapEvents events = new();
        events.Addresses.Add(0x10000);
        LimpetException failure = Assert.IsType<LimpetException>(HeapSession.FailureOf(4711, events, () => throw new InsufficientMemoryException()));
        Assert.Equal(Trouble.NotRun, failure.Trouble);
        Assert.Equal("The events of process 4711 do not fit in the memory that limpet may take: 1 objects and 0 references had come. Run limpet again with more memory, or where it may trace the process: it reads the heap then, and keeps no events.", failure.Message);
    }

    [Fact]
    public void FailureOf_AStreamThatIsNone_IsOfItsData()
    {
        using HeapEvents events = new();
        InvalidDataException failure = Assert.IsType<InvalidDataException>(HeapSession.FailureOf(1, events, () => throw new FormatException("not a nettrace file")));
        Assert.Equal("its events cannot be read: not a nettrace file", failure.Message);
    }
}
