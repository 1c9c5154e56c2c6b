namespace Limpet.Cli.Watching.Options;

/// <summary>Limits that the user states.</summary>
internal sealed record BudgetOptions
{
    /// <summary>Resident memory of the tree.</summary>
    public long? MaxRss { get; init; }

    /// <summary>Descriptors of any one process.</summary>
    public long? MaxDescriptors { get; init; }

    /// <summary>Threads of the tree.</summary>
    public long? MaxThreads { get; init; }

    /// <summary>Memory that a phase may take and keep.</summary>
    public long? MaxGrowthPerPhase { get; init; }

    /// <summary>Whether growth of the allocator's own store is excused where it happened once: it may be freed memory that is kept for use.</summary>
    public bool ExcuseAllocator { get; init; }

    /// <summary>How far above the first reading the last may be, as a share of it.</summary>
    public double? ReturnToBaseline { get; init; }

    /// <summary>Whether any is stated.</summary>
    public bool Any => MaxRss is not null || MaxDescriptors is not null || MaxThreads is not null || MaxGrowthPerPhase is not null || ReturnToBaseline is not null;
}
