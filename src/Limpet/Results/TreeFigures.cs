namespace Limpet.Results;

/// <summary>Readings of a tree of processes, or their differences. What was not read is null, never 0.</summary>
public sealed record TreeFigures
{
    /// <summary>Resident memory, added up; what processes share is counted in each.</summary>
    public long? RssBytes { get; init; }

    /// <summary>Resident memory with what processes share divided among them.</summary>
    public long? PssBytes { get; init; }

    /// <summary>Open descriptors, added up.</summary>
    public long? Fds { get; init; }

    /// <summary>Threads, added up.</summary>
    public long? Threads { get; init; }

    /// <summary>Processes beside the watched one.</summary>
    public long? Children { get; init; }
}
