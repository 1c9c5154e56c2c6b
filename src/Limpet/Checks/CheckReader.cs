using System.Collections.Immutable;
using Limpet.Resources;

namespace Limpet.Checks;

/// <summary>Reads the process that it runs in, after the collection protocol.</summary>
internal static class CheckReader
{
    /// <summary>Settled readings by metric; NaN for what this platform or the system refuses.</summary>
    public static ImmutableSortedDictionary<string, double> Read()
    {
        long managed = SettledProcess.Settle();
        ProcessReading? process = ProcessReaders.Supported
            ? ProcessReaders.Reader.Read(Environment.ProcessId, ProcessParts.Memory | ProcessParts.Descriptors | ProcessParts.Threads)
            : null;
        return new Dictionary<string, double>
        {
            [CheckMetric.ManagedBytes] = managed,
            [CheckMetric.NativeBytes] = process?.PrivateBytes is { } resident ? resident.Bytes - GC.GetGCMemoryInfo(GCKind.Any).TotalCommittedBytes : double.NaN,
            [CheckMetric.Descriptors] = process?.DescriptorCount ?? double.NaN,
            [CheckMetric.Threads] = process?.ThreadCount ?? double.NaN,
            [CheckMetric.Timers] = Timer.ActiveCount,
        }.ToImmutableSortedDictionary(StringComparer.Ordinal);
    }
}
