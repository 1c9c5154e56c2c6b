using System.Collections.Immutable;
using Limpet.Results;

namespace Limpet.Resources;

/// <summary>The memory that a process shares with others.</summary>
public sealed record MemoryRoom
{
    /// <summary>The limit of its control group or of one above it; null when there is none.</summary>
    public ByteSize? GroupLimit { get; init; }

    /// <summary>What the control group with that limit uses; null when there is no limit.</summary>
    public ByteSize? GroupUsage { get; init; }

    /// <summary>Of <see cref="GroupUsage"/> what the kernel takes back before it refuses any or ends a process: files that were read and are not in use; null when it does not tell.</summary>
    public ByteSize? GroupReclaimable { get; init; }

    /// <summary>What programs of the control group hold; null when there is no limit.</summary>
    public ByteSize? GroupHeld => GroupUsage is { } used ? new ByteSize(Math.Max(0, used.Bytes - (GroupReclaimable?.Bytes ?? 0))) : null;

    /// <summary>Memory of the machine.</summary>
    public ByteSize? HostTotal { get; init; }

    /// <summary>Memory of the machine that programs could still get without swapping.</summary>
    public ByteSize? HostAvailable { get; init; }

    /// <summary>Processes of the control group that the kernel has ended for lack of memory; null when it does not tell.</summary>
    public long? GroupKills { get; init; }

    /// <summary>Processes of the machine that the kernel has ended for lack of memory; null when it does not tell.</summary>
    public long? HostKills { get; init; }

    /// <summary>The processes whose kills <see cref="GroupKills"/> would count; empty when the system does not tell.</summary>
    public ImmutableArray<int> GroupProcesses { get; init; } = [];

    /// <summary>The control groups of the process, as the system names them; null when it does not.</summary>
    internal string? Groups { get; init; }
}
