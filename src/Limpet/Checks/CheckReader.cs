using System.Collections.Immutable;
using Limpet.Measuring;
using Limpet.Resources;

namespace Limpet.Checks;

/// <summary>Reads the process that it runs in, after the collection protocol.</summary>
internal static class CheckReader
{
    /// <summary>Settled readings by metric, NaN for what this platform or the system refuses; null when the finalizers did not finish in time.</summary>
    public static ImmutableSortedDictionary<string, double>? Read()
    {
        if (!SettledCollection.Settle(SettledCollection.DefaultDeadline))
        {
            return null;
        }

        // What the last collection marked: exact, where the total also has what other threads have allocated since.
        long managed = GC.GetGCMemoryInfo(GCKind.FullBlocking).PromotedBytes;
        ProcessReading? process = ProcessReaders.Supported
            ? ProcessReaders.Reader.Read(Environment.ProcessId, ProcessParts.Memory | ProcessParts.Descriptors | ProcessParts.Threads)
            : null;
        return new Dictionary<string, double>
        {
            [CheckMetric.ManagedBytes] = managed,
            [CheckMetric.NativeBytes] = process?.PrivateBytes is { } resident ? resident.Bytes - GC.GetGCMemoryInfo(GCKind.Any).TotalCommittedBytes : double.NaN,
            [CheckMetric.Descriptors] = process?.DescriptorCount ?? double.NaN,
            [CheckMetric.Threads] = process?.ThreadCount - FinalizerWait.Threads ?? double.NaN,
            [CheckMetric.Timers] = Timer.ActiveCount,
        }.ToImmutableSortedDictionary(StringComparer.Ordinal);
    }
}
