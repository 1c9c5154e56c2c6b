using System.Collections.Immutable;

namespace Limpet.Resources.Linux;

/// <summary>
/// The process tree by a scan of parent ids. <c>/proc/PID/task/*/children</c> would be cheaper, but the kernel only promises it to be
/// complete for stopped processes, and a missed child here is a child that is not ended.
/// </summary>
internal sealed class LinuxProcessTree : IProcessTree
{
    private LinuxProcessTree()
    {
    }

    public static LinuxProcessTree Instance { get; } = new();

    public ProcessEntry? Find(int pid) =>
        ProcStat.TryRead(pid, withName: true, out ProcStat stat) == ReadStatus.Ok
            ? new ProcessEntry(pid, stat.ParentPid, stat.Group, stat.StartTime, stat.State, stat.Name)
            : null;

    public ImmutableArray<ProcessEntry> Children(int pid) => [.. All().Where(entry => entry.ParentPid == pid)];

    public ImmutableArray<ProcessEntry> Descendants(int pid)
    {
        ILookup<int, ProcessEntry> byParent = All().ToLookup(entry => entry.ParentPid);
        ImmutableArray<ProcessEntry>.Builder found = ImmutableArray.CreateBuilder<ProcessEntry>();
        HashSet<int> seen = [pid];
        Queue<int> parents = new([pid]);
        while (parents.TryDequeue(out int parent))
        {
            foreach (ProcessEntry child in byParent[parent])
            {
                // An id that was reused during the scan could close a circle.
                if (seen.Add(child.Pid))
                {
                    found.Add(child);
                    parents.Enqueue(child.Pid);
                }
            }
        }

        return found.ToImmutable();
    }

    public ImmutableArray<ProcessEntry> Group(int group) => [.. All().Where(entry => entry.Group == group)];

    public ImmutableArray<ProcessEntry> All()
    {
        List<int> pids = [];
        ProcFolder.TryList("/proc", pids);
        pids.Sort();
        return [.. pids.Select(Find).OfType<ProcessEntry>()];
    }
}
