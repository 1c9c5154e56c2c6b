using Limpet.Resources;
using Limpet.Results;

namespace Limpet.Cli.Doctor;

/// <summary>When a limit is reached at a rate.</summary>
internal static class RateProjections
{
    /// <summary>The limits that the rate uses up, the first to be reached first.</summary>
    /// <param name="rate">The rate.</param>
    /// <param name="facts">The limits.</param>
    /// <param name="process">A process whose use counts; null for one that has just begun.</param>
    /// <param name="openFiles">Its own limit of descriptors; null for the one in force here.</param>
    public static IEnumerable<LimitProjection> Of(RateText rate, MachineFacts facts, ProcessReading? process, long? openFiles)
    {
        MemoryRoom memory = facts.Memory;
        IEnumerable<LimitProjection?> all = rate.Unit switch
        {
            "bytes" =>
            [
                To("cgroupMemory", memory.GroupLimit?.Bytes, memory.GroupHeld?.Bytes),
                To("hostMemory", memory.HostTotal?.Bytes, memory.HostTotal?.Bytes - memory.HostAvailable?.Bytes),
            ],
            "descriptors" => [To("openFiles", openFiles ?? facts.OpenFiles, process?.DescriptorCount ?? 0)],
            _ => [To("threads", facts.Threads, process?.ThreadCount ?? 0)],
        };
        return all.OfType<LimitProjection>().OrderBy(projection => projection.InSeconds);

        LimitProjection? To(string name, long? limit, long? used) =>
            limit is { } value && used is { } taken ? new LimitProjection(name, value, null, Math.Max(0, value - taken) / rate.PerSecond) { Used = taken } : null;
    }
}
