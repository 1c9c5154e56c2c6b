using System.Collections.Immutable;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Limpet.Measuring;
using Limpet.Resources;
using Limpet.Resources.Linux;
using Limpet.Results;

namespace Limpet.Tests.Resources;

public sealed class ResourceSnapshotTests
{
    [Fact]
    public void Since_Everything_IsNamed()
    {
        string path = Path.GetTempFileName();
        using ManualResetEventSlim mayEnd = new();
        ResourceSnapshot before = ResourceSnapshot.TakeSettled();
        using FileStream file = File.OpenRead(path);
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        using FileSystemWatcher watcher = new(Path.GetTempPath()) { EnableRaisingEvents = true };
        using Timer timer = new(Tick, null, TimeSpan.FromHours(1), TimeSpan.FromHours(1));
        Thread thread = new(mayEnd.Wait) { Name = "order poller" };
        thread.Start();
        AssemblyLoadContext context = new("tariffs 7", isCollectible: true);
        AssemblyBuilder dynamic = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName("made.of.thin.air"), AssemblyBuilderAccess.Run);
        using Process child = Process.Start(new ProcessStartInfo("sleep", "600"))!;

        ResourceDifference difference = ResourceSnapshot.TakeSettled().Since(before);
        child.Kill();
        child.WaitForExit();
        mayEnd.Set();
        thread.Join();
        File.Delete(path);

        Assert.Equal(1, Growth(ResourceKind.Descriptor, $"file {path}"));
        Assert.Equal(1, Growth(ResourceKind.Descriptor, $"socket TCP LISTEN at 127.0.0.1:*", $"socket TCP LISTEN at 127.0.0.1:{port}"));
        Assert.Equal(1, Growth(ResourceKind.Descriptor, "inotify"));
        Assert.Equal(1, Growth(ResourceKind.Timer, "Limpet.Tests.Resources.ResourceSnapshotTests.Tick"));
        Assert.Equal(1, Growth(ResourceKind.Thread, "order poller"));
        Assert.Equal(1, Growth(ResourceKind.LoadContext, "collectible tariffs 7"));
        Assert.Equal(1, Growth(ResourceKind.DynamicAssembly, "made.of.thin.air"));
        Assert.Equal(1, Growth(ResourceKind.ChildProcess, "sleep"));
        Assert.Contains("managed heap", difference.Memory.Select(memory => memory.Name));
        Assert.Contains("private", difference.Memory.Select(memory => memory.Name));
        GC.KeepAlive(dynamic);
        context.Unload();

        long Growth(ResourceKind kind, params string[] names) =>
            difference.New.Where(change => change.Kind == kind && names.Contains(change.Name)).Sum(change => change.Growth);
    }

    [Fact]
    public void Since_WhatWasClosed_IsGone()
    {
        string path = Path.GetTempFileName();
        FileStream file = File.OpenRead(path);
        ResourceSnapshot before = ResourceSnapshot.Take();
        file.Dispose();

        ResourceChange change = ResourceSnapshot.Take().Since(before).Changes.Single(one => one.Name == $"file {path}");
        File.Delete(path);

        Assert.Equal((0, 1, -1), (change.Appeared, change.Gone, change.Growth));
    }

    [Fact]
    public void Since_ADeletedFile_IsTold()
    {
        string path = Path.GetTempFileName();
        ResourceSnapshot before = ResourceSnapshot.Take();
        using FileStream file = File.OpenRead(path);
        File.Delete(path);

        Assert.Contains(ResourceSnapshot.Take().Since(before).New, change => change.Name.StartsWith($"deleted file {path}", StringComparison.Ordinal));
    }

    [Fact]
    public void Since_AConnection_HasItsStateAndItsEnds()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        ResourceSnapshot before = ResourceSnapshot.Take();
        using TcpClient client = new();
        client.Connect((IPEndPoint)listener.LocalEndpoint);
        using TcpClient accepted = listener.AcceptTcpClient();
        ResourceSnapshot after = ResourceSnapshot.Take();

        Assert.Equal(2, after.Since(before).New.Where(change => change.Name.StartsWith("socket TCP ESTABLISHED", StringComparison.Ordinal)).Sum(change => change.Growth));
        Assert.Contains(after.SocketsByState!.Value, state => state.Name == "TCP LISTEN");
        SocketInfo known = after.Sockets.Values.Single(socket => socket.Peer == listener.LocalEndpoint.ToString());
        Assert.Equal(("TCP", "ESTABLISHED", $"127.0.0.1:{((IPEndPoint)client.Client.LocalEndPoint!).Port}"), (known.Protocol, known.State, known.Local));
    }

    [Fact]
    public void OwnSockets_SayTheSameAsTheTablesOfTheKernel()
    {
        using Socket tcp = new(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp), udp = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        tcp.DualMode = true;
        tcp.Bind(new IPEndPoint(IPAddress.IPv6Loopback, 0));
        tcp.Listen();
        udp.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        string path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N")[..8]);
        using Socket unix = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        unix.Bind(new UnixDomainSocketEndPoint(path));

        ImmutableArray<Descriptor> open = ResourceSnapshot.Take().Descriptors!.Value;
        IReadOnlyDictionary<long, SocketInfo> table = ProcessReaders.Reader.ReadSockets(Environment.ProcessId);
        foreach (Socket socket in (Socket[])[tcp, udp, unix])
        {
            Descriptor descriptor = open.Single(one => one.Number == (int)socket.SafeHandle.DangerousGetHandle());
            SocketInfo? told = DescriptorGroups.SocketOf(descriptor, OwnSockets.Read([descriptor]));
            Assert.NotNull(told);
            Assert.Equal(DescriptorGroups.SocketOf(descriptor, table), told);
        }

        File.Delete(path);
    }

    [Fact]
    public async Task Since_ThreadsThatAWorkerStartsWithoutAName_AreNotTakenForWorkers()
    {
        using ManualResetEventSlim mayEnd = new();
        List<Thread> threads = [];
        ResourceSnapshot before = ResourceSnapshot.Take();
        await Task.Run(
            () =>
            {
                for (int i = 0; i < 12; i++)
                {
                    Thread thread = new(mayEnd.Wait, maxStackSize: 128 * 1024);
                    thread.Start();
                    threads.Add(thread);
                }
            },
            TestContext.Current.CancellationToken);
        ResourceDifference difference = ResourceSnapshot.Take().Since(before);
        mayEnd.Set();
        threads.ForEach(thread => thread.Join());

        Assert.InRange(difference.GrowthOf(ResourceKind.Thread)!.Value, 10, 14);
    }

    [Fact]
    public void Since_AHeldDescriptorBehindAFinalizer_IsGoneOnlyWhenSettled()
    {
        string path = Path.GetTempFileName();
        ResourceSnapshot before = ResourceSnapshot.TakeSettled();
        OpenAndForget(path);

        ResourceDifference settled = ResourceSnapshot.TakeSettled().Since(before);
        File.Delete(path);

        Assert.DoesNotContain(settled.New, change => change.Name == $"file {path}");
    }

    [Fact]
    public void Take_WhatNobodyCanRead_IsRefusedAndNotZero()
    {
        ResourceSnapshot snapshot = ResourceSnapshot.Take();
        ResourceDifference difference = snapshot.Since(snapshot);

        Assert.Contains("instances", difference.Refusals.Select(refusal => refusal.What));
        Assert.Contains(
            new ReadingRefusal("GC handles", "only a capture of the heap shows them: take the reading with ResourceSnapshot.TakeWithHeap()"), difference.Refusals);
        Assert.Contains("pending async operations", difference.Refusals.Select(refusal => refusal.What));
        Assert.Null(difference.GrowthOf(ResourceKind.Instance));
        Assert.Null(difference.GrowthOf(ResourceKind.PendingOperation));
        Assert.Equal(0, difference.GrowthOf(ResourceKind.Descriptor));
        Assert.Empty(difference.Changes);
    }

    [Fact]
    public void TakeWithHeap_WithoutATool_SaysWhyAndHasAllElse()
    {
        ResourceSnapshot snapshot = ResourceSnapshot.TakeWithHeap(tool: "/not/there");

        Assert.Null(snapshot.Heap);
        Assert.NotNull(snapshot.Descriptors);
        ReadingRefusal refusal = snapshot.Refusals.Single(one => one.What == "instances");
        Assert.StartsWith("LIMPET_TOOL is '/not/there'", refusal.Reason, StringComparison.Ordinal);
        Assert.Null(snapshot.Since(snapshot).GrowthOf(ResourceKind.Instance));
    }

    [Fact]
    public void Since_AHeapThatWasReadByEventsOnce_IsNotCompared()
    {
        ResourceSnapshot snapshot = ResourceSnapshot.Take();
        HeapResources heap = new() { Instances = [new NamedCount("Shop.Order", 7)], PendingOperations = [], Handles = [] };
        ResourceSnapshot live = snapshot with { Heap = heap, Refusals = [] };
        ResourceSnapshot dumped = live with { Heap = heap with { Way = CaptureWay.Dump, Instances = [new NamedCount("Shop.Order", 9)] } };
        ResourceSnapshot told = live with { Heap = heap with { Way = CaptureWay.EventPipe, Instances = [], PendingOperations = null } };

        Assert.Equal(2, dumped.Since(live).GrowthOf(ResourceKind.Instance));
        Assert.Empty(told.Since(told).Refusals);
        Assert.Equal(0, told.Since(told).GrowthOf(ResourceKind.Instance));
        Assert.Null(told.Since(told).GrowthOf(ResourceKind.PendingOperation));
        ResourceDifference difference = told.Since(live);
        Assert.Null(difference.GrowthOf(ResourceKind.Instance));
        Assert.Equal(
            new ReadingRefusal("instances", "the heap was read from memory before and by events after, which do not see the same: take both readings once more"),
            difference.Refusals[0]);
    }

    [Fact]
    public void Since_APartThatWasRefusedOnce_IsNotCompared()
    {
        ResourceSnapshot snapshot = ResourceSnapshot.Take();
        ResourceSnapshot blind = snapshot with { Descriptors = null, Threads = null, Refusals = [new ReadingRefusal("descriptors", "hidden")] };

        ResourceDifference difference = snapshot.Since(blind);

        Assert.Null(difference.GrowthOf(ResourceKind.Descriptor));
        Assert.Null(difference.GrowthOf(ResourceKind.Thread));
        Assert.DoesNotContain(difference.Changes, change => change.Kind is ResourceKind.Descriptor or ResourceKind.Thread);
        Assert.Contains(new ReadingRefusal("descriptors", "hidden"), difference.Refusals);
    }

    [Fact]
    public async Task Since_OtherMeasurementsMeanwhile_AreNamed()
    {
        ResourceSnapshot before = ResourceSnapshot.Take();
        Task another;
        using (ExecutionContext.SuppressFlow())
        {
            another = Task.Run(() => RunningMeasurement.Begin("another test").Dispose(), TestContext.Current.CancellationToken);
        }

        await another;

        ResourceDifference difference = ResourceSnapshot.Take().Since(before);
        ResourceSnapshot later = ResourceSnapshot.Take();

        Assert.Equal(["another test"], difference.Overlapping);
        Assert.Empty(ResourceSnapshot.Take().Since(later).Overlapping);
    }

    [Fact]
    public void MappedFiles_OfAMap_AreNamedOnce() => Assert.Equal(
        ["/usr/lib/a b.so", "/var/data/orders.db"],
        MappedFiles.Parse(
            """
            7f0000000000-7f0000001000 r--p 00000000 08:01 42                         /usr/lib/a b.so
            7f0000001000-7f0000002000 r-xp 00001000 08:01 42                         /usr/lib/a b.so
            7f0000002000-7f0000003000 rw-p 00000000 00:00 0
            7f0000003000-7f0000004000 rw-s 00000000 00:01 7                          /memfd:doublemapper (deleted)
            7f0000004000-7f0000005000 rw-s 00000000 08:01 43                         /var/data/orders.db
            7ffc00000000-7ffc00001000 rw-p 00000000 00:00 0                          [stack]
            """u8));

    private static void Tick(object? state)
    {
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void OpenAndForget(string path) => _ = File.OpenRead(path).Length;
}
