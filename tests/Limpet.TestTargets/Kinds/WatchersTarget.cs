using System.Runtime.CompilerServices;

namespace Limpet.TestTargets;

/// <summary>Every sixteenth operation watches a folder: a user has 128 watchers. Leaky: it stays, held by a list; 0.06 inotify descriptors. Fixed: 0.</summary>
internal sealed class WatchersTarget(bool leaky) : LeakTarget(leaky)
{
    private static readonly List<FileSystemWatcher> s_watchers = [];
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("limpet-watched-");
    private int _before;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        if (number % 16 == 0)
        {
            FileSystemWatcher watcher = new(_folder.FullName) { EnableRaisingEvents = true };
            if (Leaky)
            {
                s_watchers.Add(watcher);
            }
            else
            {
                watcher.Dispose();
            }
        }
    }

    protected override int CheckedOperations => 100;

    protected override void StartMeasuring() => _before = OwnProcess.DescriptorsOf("anon_inode:inotify");

    protected override long Declared(int operations) => Leaky ? operations / 16 : 0;

    protected override long Measured() => OwnProcess.DescriptorsOf("anon_inode:inotify") - _before;
}
