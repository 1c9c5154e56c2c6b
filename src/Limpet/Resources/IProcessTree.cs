using System.Collections.Immutable;

namespace Limpet.Resources;

/// <summary>Answers: which processes did this one start?</summary>
public interface IProcessTree
{
    /// <summary>The process itself; null when there is none with this id.</summary>
    ProcessEntry? Find(int pid);

    /// <summary>The direct children, by id. A child whose parent ended belongs to another process by then.</summary>
    ImmutableArray<ProcessEntry> Children(int pid);

    /// <summary>All descendants, parents before children. Without <paramref name="pid"/> itself.</summary>
    ImmutableArray<ProcessEntry> Descendants(int pid);

    /// <summary>All processes of a process group, by id: also those whose parent ended.</summary>
    ImmutableArray<ProcessEntry> Group(int group);

    /// <summary>All processes that can be seen, by id.</summary>
    ImmutableArray<ProcessEntry> All();
}
