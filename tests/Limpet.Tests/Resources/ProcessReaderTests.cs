using System.Net.Sockets;
using System.Text;
using Limpet.Resources;
using Limpet.Resources.Linux;
using Limpet.Testing;

namespace Limpet.Tests.Resources;

public sealed class ProcessReaderTests
{
    private static readonly IProcessReader Reader = ProcessReaders.Reader;

    [Fact]
    public void Read_OwnProcess_HasEveryField()
    {
        ProcessReading reading = Reader.Read(Environment.ProcessId);

        Assert.False(reading.Ended);
        Assert.Empty(reading.Refusals);
        Assert.NotNull(reading.Swap);
        Assert.NotNull(reading.StartTime);
        Assert.InRange(reading.PrivateBytes!.Value.Bytes, 1 << 20, reading.Rss!.Value.Bytes);
        Assert.InRange(reading.Anonymous!.Value.Bytes, 1 << 20, reading.Rss!.Value.Bytes);
        Assert.Equal(reading.DescriptorCount, reading.DescriptorsByKind!.Values.Sum());
        Assert.Equal(reading.DescriptorCount, reading.Descriptors!.Value.Length);
        Assert.Equal(reading.ThreadCount, reading.ThreadsByName!.Values.Sum());
    }

    [Fact]
    public void Read_NoParts_LeavesTheRestNull()
    {
        ProcessReading reading = Reader.Read(Environment.ProcessId, ProcessParts.None);

        Assert.NotNull(reading.Rss);
        Assert.Null(reading.PrivateBytes);
        Assert.Null(reading.DescriptorCount);
        Assert.Null(reading.ThreadsByName);
    }

    [Fact]
    public void Read_OpenFiles_AreSeenUntilClosed()
    {
        string path = Path.GetTempFileName();
        using (FileStream file = File.OpenRead(path))
        {
            Assert.Equal(DescriptorKind.File, KindOf(path));
            File.Delete(path);
            Assert.Equal(DescriptorKind.DeletedFile, KindOf(path + " (deleted)"));
        }

        Assert.Null(KindOf(path + " (deleted)"));

        static DescriptorKind? KindOf(string target) =>
            Reader.Read(Environment.ProcessId, ProcessParts.DescriptorTargets).Descriptors!.Value.SingleOrDefault(one => one.Target == target)?.Kind;
    }

    [Fact]
    public void Read_FileNamedDeleted_IsAFile()
    {
        string path = Path.Combine(Path.GetTempPath(), Guid.NewGuid() + " (deleted)");
        using FileStream file = new(path, FileMode.Create, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);

        Assert.Equal(DescriptorKind.File, DescriptorKinds.Of(Encoding.UTF8.GetBytes(path)));
    }

    [Fact]
    public void Read_SocketsAndWatches_AreCounted()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        using FileSystemWatcher watcher = new(Path.GetTempPath()) { EnableRaisingEvents = true };

        ProcessReading reading = Reader.Read(Environment.ProcessId, ProcessParts.Descriptors);

        Assert.True(reading.DescriptorsByKind![DescriptorKind.Socket] >= 1);
        Assert.True(reading.DescriptorsByKind[DescriptorKind.Inotify] >= 1);
        Assert.Null(reading.Descriptors);
    }

    [Theory]
    [InlineData("/var/log/x", DescriptorKind.File)]
    [InlineData("/no/such/file (deleted)", DescriptorKind.DeletedFile)]
    [InlineData("/memfd:doublemapper (deleted)", DescriptorKind.Other)]
    [InlineData("socket:[4711]", DescriptorKind.Socket)]
    [InlineData("pipe:[4711]", DescriptorKind.Pipe)]
    [InlineData("anon_inode:inotify", DescriptorKind.Inotify)]
    [InlineData("anon_inode:[eventfd]", DescriptorKind.EventFd)]
    [InlineData("anon_inode:[eventpoll]", DescriptorKind.EventPoll)]
    [InlineData("anon_inode:[timerfd]", DescriptorKind.TimerFd)]
    [InlineData("anon_inode:[signalfd]", DescriptorKind.Other)]
    [InlineData("net:[4026531840]", DescriptorKind.Other)]
    [InlineData("", DescriptorKind.Other)]
    public void DescriptorKind_OfKernelText_IsTold(string target, DescriptorKind kind) =>
        Assert.Equal(kind, DescriptorKinds.Of(Encoding.UTF8.GetBytes(target)));

    [Fact]
    public async Task Read_NamedThreads_AreCountedByName()
    {
        using ManualResetEventSlim end = new();
        using CountdownEvent started = new(3);
        Thread[] threads = [.. Enumerable.Range(0, 3).Select(_ => new Thread(() => { started.Signal(); end.Wait(); }) { Name = "limpet )probe(" })];
        foreach (Thread thread in threads)
        {
            thread.Start();
        }

        started.Wait(TestContext.Current.CancellationToken);
        Assert.Equal(3, Count());
        end.Set();
        await Eventually.TrueAsync(() => Count() == 0, "the threads are gone");

        static int Count() => Reader.Read(Environment.ProcessId, ProcessParts.Threads).ThreadsByName!.GetValueOrDefault("limpet )probe(");
    }

    [Fact]
    public void Read_NoSuchProcess_Ended()
    {
        using Child child = Child.Command("/bin/true");
        child.Process.WaitForExit();

        ProcessReading reading = Reader.Read(child.Pid);

        Assert.True(reading.Ended);
        Assert.Null(reading.Rss);
        Assert.Null(reading.DescriptorCount);
    }

    [Fact]
    public async Task Read_Zombie_Ended()
    {
        using Child child = Child.Shell("true & exec sleep 60");
        await Eventually.TrueAsync(
            () => ProcessReaders.Tree.Children(child.Pid).Any(entry => Reader.Read(entry.Pid) is { Ended: true, State: 'Z', Rss: null }), "a zombie");
    }

    [Fact]
    public async Task Read_AsAnotherUser_NullWithReasonNeverZero()
    {
        Assert.SkipUnless(Unprivileged.Possible, "Needs root on x64 to become another user: run the tests as root.");
        using Child child = Child.Command("sleep", "60");
        await Eventually.TrueAsync(() => Reader.Read(child.Pid).PrivateBytes is not null, "sleep runs");

        ProcessReading reading = Unprivileged.Run(() => Reader.Read(child.Pid));

        Assert.False(reading.Ended);
        Assert.NotNull(reading.Rss);
        Assert.Null(reading.PrivateBytes);
        Assert.Null(reading.Swap);
        Assert.Null(reading.DescriptorCount);
        Assert.Null(reading.DescriptorsByKind);
        Assert.Equal(["private memory", "descriptors"], reading.Refusals.Select(refusal => refusal.What));
        Assert.All(reading.Refusals, refusal => Assert.Contains("run limpet as that user", refusal.Reason));
    }

    [Fact]
    public void Read_ManyTimes_AllocatesLittle()
    {
        const ProcessParts Parts = ProcessParts.Memory | ProcessParts.Threads | ProcessParts.Descriptors;
        Reader.Read(Environment.ProcessId, Parts);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 20; i++)
        {
            Reader.Read(Environment.ProcessId, Parts);
        }

        // About 150 B for each thread and descriptor (their paths) and a few KiB for the rest.
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 20, 1, 100_000);
    }
}
