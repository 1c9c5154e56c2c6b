using Limpet.Cli.Watching.Judging;
using Limpet.Cli.Watching.Tree;
using Limpet.Resources;

namespace Limpet.Cli.Tests.Watching;

public sealed class WatchedProcessesTests
{
    private const int MostShown = 200;

    /// <summary>The smallest of a tree is its root: its exit code is the tree's.</summary>
    [Theory]
    [InlineData(MostShown, MostShown)]
    [InlineData(MostShown + 1, MostShown)]
    [InlineData(3 * MostShown, MostShown)]
    public void Shown_LargeTree_KeepsTheRootAndThoseThatTookMost(int processes, int expected)
    {
        using IProcessProbe root = ProcessReaders.Open(Environment.ProcessId)!;
        using IProcessProbe other = ProcessReaders.Open(1)!;
        FollowedProcess[] all = [.. Enumerable.Range(0, processes).Select(at => Of(at == 0 ? root : other, peakRss: at))];

        FollowedProcess[] shown = WatchedProcesses.Shown(all, root.Pid);

        Assert.Equal(expected, shown.Length);
        Assert.Same(all[0], Assert.Single(shown, process => process.Pid == root.Pid));
        Assert.Equal(all.TakeLast(expected - 1).Select(process => process.PeakRss), shown.Skip(1).Select(process => process.PeakRss).Order());
    }

    private static FollowedProcess Of(IProcessProbe probe, long peakRss) => new(probe, parentPid: 0, TimeSpan.Zero, bornIn: 0)
    {
        Self = new Item { Kind = ItemKind.Child, Pid = probe.Pid },
        PeakRss = peakRss,
    };
}
