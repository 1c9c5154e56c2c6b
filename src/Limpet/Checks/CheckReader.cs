using Limpet.Measuring;
using Limpet.Resources;

namespace Limpet.Checks;

/// <summary>Reads the process that it runs in, after the collection protocol.</summary>
internal static class CheckReader
{
    /// <summary>The settled readings; null when the finalizers did not finish in time.</summary>
    /// <param name="finalizers">How long they may take.</param>
    public static CheckReading? Read(TimeSpan finalizers)
    {
        if (!SettledCollection.Settle(finalizers))
        {
            return null;
        }

        // What the last collection marked: exact, where the total also has what other threads have allocated since.
        long managed = GC.GetGCMemoryInfo(GCKind.FullBlocking).PromotedBytes;
        ProcessReading? process = ProcessReaders.Supported
            ? ProcessReaders.Reader.Read(Environment.ProcessId, ProcessParts.Memory | ProcessParts.Descriptors | ProcessParts.Threads)
            : null;
        return new CheckReading(
            managed,
            process?.PrivateBytes is { } resident ? resident.Bytes - GC.GetGCMemoryInfo(GCKind.Any).TotalCommittedBytes : double.NaN,
            process?.DescriptorCount ?? double.NaN,
            process?.ThreadCount - FinalizerWait.Threads ?? double.NaN,
            Timer.ActiveCount);
    }
}
