using Limpet.Resources;
using Limpet.Testing;

namespace Limpet.Tests.Resources;

public sealed class ProcessTreeTests
{
    [Fact]
    public async Task Descendants_ShellWithChildren_ParentsFirst()
    {
        using Child child = Child.Shell("sleep 60 & sh -c 'sleep 60 & wait' & wait");

        await Eventually.TrueAsync(() => ProcessReaders.Tree.Descendants(child.Pid).Count(entry => entry.Name == "sleep") == 2, "both sleeps");

        List<ProcessEntry> all = [.. ProcessReaders.Tree.Descendants(child.Pid)];
        Assert.Equal(3, all.Count);
        Assert.Equal(2, ProcessReaders.Tree.Children(child.Pid).Length);
        Assert.All(all, entry => Assert.True(entry.ParentPid == child.Pid || all.FindIndex(one => one.Pid == entry.ParentPid) < all.IndexOf(entry)));
    }

    [Fact]
    public void Find_OwnProcess_HasParentAndStart()
    {
        ProcessEntry self = ProcessReaders.Tree.Find(Environment.ProcessId)!;

        Assert.True(self.ParentPid > 0);
        Assert.True(self.StartTime > 0);
        Assert.False(self.Ended);
    }
}
