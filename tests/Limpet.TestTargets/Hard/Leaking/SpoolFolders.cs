using System.Runtime.CompilerServices;

namespace Limpet.TestTargets.Hard.Leaking;

/// <summary>
/// Print jobs are watched in the spool folder until they are taken. The watcher of a job is not disposed, and what it has from the system, it keeps:
/// </summary>
internal sealed class SpoolFolders : HardLeak
{
    private readonly SpoolQueue _queue = new(Directory.CreateTempSubdirectory("limpet-spool-").FullName);

    public override Truth Truth => Truth.Leak(
        "SpoolQueue never disposes the FileSystemWatcher of a job.",
        "framework",
        FindingTruth.Resource("ResourceLeak", "inotify", 1));

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number) => _queue.Submit(number);

    protected override int CheckedOperations => 30;

    protected override double[] Measured() => [OwnProcess.DescriptorsOf("anon_inode:inotify")];
}

internal sealed class SpoolQueue(string folder)
{
    private readonly List<FileSystemWatcher> _w=[];    private int _taken;

    public void Submit(int job)
    {
        FileSystemWatcher watcher = new(folder, $"job-{job}.done");
        watcher.Created += (_, _) => _taken++;
_w.Add(watcher);        watcher.EnableRaisingEvents = true;
    }
}
