using System.Collections.Immutable;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using Limpet.Guards;
using Limpet.Results;

namespace Limpet.Tests.Guards;

/// <summary>
/// The guard on real threads, files and timers of this process. Each test looks for what it made itself, by name; what else the guard finds is true, and not asked for. No other
/// tests run beside these, for timers and threads without a name are only counted.
/// </summary>
public sealed class LeakGuardTests : IDisposable
{
    private static readonly GuardedTest Sends = new("Desk.CourierTests", "Sends");
    private static readonly GuardedTest Waits = new("Desk.CourierTests", "Waits");
    private static readonly GuardedTest Writes = new("Desk.JournalTests", "Writes");
    // Letters only: digits of a name are not told, for threads are numbered.
    private readonly string _name = "desk" + new string(Random.Shared.GetItems("ghijklmnopqrstuv".AsSpan(), 10));
    private readonly string _folder = Directory.CreateTempSubdirectory("limpet-guard-").FullName;
    private readonly ManualResetEventSlim _stop = new();
    private readonly LeakGuardOptions _options = new() { Confirm = false, OverheadPerTest = TimeSpan.FromMinutes(1) };

    public void Dispose()
    {
        _stop.Set();
        Directory.Delete(_folder, recursive: true);
        _stop.Dispose();
    }

    [Fact]
    public void Thread_ThatOutlivesItsTest_IsLeftByIt()
    {
        using LeakGuard guard = Start();
        Run(guard, Waits, () => { });
        Run(guard, Sends, StartThread);
        guard.EndClass(Sends.ClassName);
        LeftBehind left = Assert.Single(guard.EndRun().Left, IsMyThread);
        Assert.Equal((Sends, FindingKind.ThreadLeak, 1, LeftStatus.Suspect), (Assert.Single(left.Tests), left.Kind, left.Count, left.Status));
    }

    [Fact]
    public void Thread_ThatEndsWithItsTest_IsNotLeft()
    {
        using LeakGuard guard = Start();
        Run(guard, Sends, () =>
        {
            StartThread();
            StopThread();
        });
        Assert.DoesNotContain(guard.EndRun().Left, IsMyThread);
    }

    [Fact]
    public void Thread_ThatEndsBeforeTheRun_IsReleasedLater()
    {
        using LeakGuard guard = Start();
        Run(guard, Sends, StartThread);
        guard.EndClass(Sends.ClassName);
        StopThread();
        Assert.Equal(LeftStatus.ReleasedLater, Assert.Single(guard.EndRun().Left, IsMyThread).Status);
    }

    /// <summary>Twenty, for the pool may end some of its own meanwhile. A thread without a name that a worker of the pool starts is called like the worker.</summary>
    [Fact]
    public async Task Threads_WithoutAName_AreLeftByTheirTest()
    {
        using LeakGuard guard = Start();
        guard.BeginTest(Sends);
        await Task.Run(
            () =>
            {
                using CountdownEvent run = new(20);
                for (int thread = 0; thread < 20; thread++)
                {
                    new Thread(() =>
                    {
                        run.Signal();
                        _stop.Wait();
                    })
                    {
                        IsBackground = true,
                    }.Start();
                }

                run.Wait();
            },
            TestContext.Current.CancellationToken);
        guard.EndTest(Sends);
        Assert.Contains(guard.EndRun().Left, left => left.Kind == FindingKind.ThreadLeak && left.What == "thread without a name" && left.Tests.SequenceEqual([Sends]));
    }

    /// <summary>Four hundred, for others may end meanwhile.</summary>
    [Fact]
    public void Timer_ThatStaysActive_IsLeftByItsTest()
    {
        using LeakGuard guard = Start();
        Timer[] timers = [];
        Run(guard, Sends, () => timers = [.. Enumerable.Range(0, 400).Select(_ => new Timer(_ => { }, null, TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan))]);
        GuardResult result = guard.EndRun();
        Array.ForEach(timers, timer => timer.Dispose());
        LeftBehind left = Assert.Single(result.Left, left => left.Kind == FindingKind.TimerLeak && left.Tests.SequenceEqual([Sends]));
        Assert.StartsWith("active timer (", left.What, StringComparison.Ordinal);
    }

    [Fact]
    public void File_ThatStaysOpen_IsLeftByItsTest()
    {
        using LeakGuard guard = Start();
        FileStream? journal = null;
        Run(guard, Sends, () => { });
        Run(guard, Writes, () => journal = File.Create(Path.Combine(_folder, "journal.txt")));
        GuardResult result = guard.EndRun();
        journal!.Dispose();
        LeftBehind left = Assert.Single(result.Left, IsMyFile);
        Assert.Equal((Writes, FindingKind.ResourceLeak, "File"), (Assert.Single(left.Tests), left.Kind, left.Metric));
    }

    [Fact]
    public void File_OpenedWhileTwoTestsRan_IsSharedByThem()
    {
        using LeakGuard guard = Start();
        guard.BeginTest(Sends);
        guard.BeginTest(Writes);
        using FileStream journal = File.Create(Path.Combine(_folder, "journal.txt"));
        guard.EndTest(Sends);
        guard.EndTest(Writes);
        LeftBehind left = Assert.Single(guard.EndRun().Left, IsMyFile);
        Assert.True(left.Shared);
        Assert.Equal([Sends, Writes], left.Tests);
    }

    [Fact]
    public void File_OpenedByAFixture_IsLeftByTheClass()
    {
        using LeakGuard guard = Start();
        guard.BeginClass(Writes.ClassName);
        using FileStream journal = File.Create(Path.Combine(_folder, "journal.txt"));
        Run(guard, Writes, () => { });
        Assert.Equal([new GuardedTest(Writes.ClassName, null)], Assert.Single(guard.EndRun().Left, IsMyFile).Tests);
    }

    [Fact]
    public void File_ThatAFixtureClosesAfterTheTests_IsNotLeft()
    {
        using LeakGuard guard = Start();
        guard.BeginClass(Writes.ClassName);
        FileStream journal = File.Create(Path.Combine(_folder, "journal.txt"));
        Run(guard, Writes, () => { });
        journal.Dispose();
        guard.EndClass(Writes.ClassName);
        Assert.DoesNotContain(guard.EndRun().Left, IsMyFile);
    }

    [Fact]
    public void ChildProcess_ThatStillRuns_IsLeftByTheClass()
    {
        using LeakGuard guard = Start();
        Process? child = null;
        Run(guard, Sends, () => child = Process.Start("sleep", "1000"));
        guard.EndClass(Sends.ClassName);
        GuardResult result = guard.EndRun();
        child!.Kill();
        child.WaitForExit();
        child.Dispose();
        LeftBehind left = Assert.Single(result.Left, left => left.What == "child process 'sleep'");
        Assert.Equal((new GuardedTest(Sends.ClassName, null), FindingKind.ResourceLeak, 1, LeftStatus.Suspect), (Assert.Single(left.Tests), left.Kind, left.Count, left.Status));
    }

    [Fact]
    public void ChildProcess_ThatHasEnded_IsNotLeft()
    {
        using LeakGuard guard = Start();
        Run(guard, Sends, () =>
        {
            using Process child = Process.Start("true");
            child.WaitForExit();
        });
        guard.EndClass(Sends.ClassName);
        Assert.DoesNotContain(guard.EndRun().Left, left => left.What.Contains("child process", StringComparison.Ordinal));
    }

    [Fact]
    public void LoadContext_ThatIsHeld_IsLeftByTheClass()
    {
        using LeakGuard guard = Start();
        AssemblyLoadContext? kept = null;
        Run(guard, Sends, () => kept = new AssemblyLoadContext(_name, isCollectible: true));
        Run(guard, Sends, LoadAndUnload);
        guard.EndClass(Sends.ClassName);
        GuardResult result = guard.EndRun();
        GC.KeepAlive(kept);
        LeftBehind left = Assert.Single(result.Left, left => left.What.StartsWith("load context ", StringComparison.Ordinal));
        Assert.Equal(($"load context collectible {_name}", 1, FindingKind.ResourceLeak), (left.What, left.Count, left.Kind));
    }

    [Fact]
    public void PollSet_OfTheRuntimesSockets_IsNotLeftAndOneOfTheProgramIs()
    {
        using LeakGuard guard = Start();
        int own = -1;
        Run(guard, Sends, () =>
        {
            using Socket server = new(SocketType.Stream, ProtocolType.Tcp);
            server.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            server.Listen();
            using Socket client = new(SocketType.Stream, ProtocolType.Tcp);
            Task<Socket> accepted = server.AcceptAsync();
            client.Connect(server.LocalEndPoint!);
            accepted.GetAwaiter().GetResult().Dispose();
        });
        Run(guard, Waits, () => own = CreatePollSet(0));
        guard.EndClass(Sends.ClassName);
        GuardResult result = guard.EndRun();
        using ProcessView view = ProcessView.Open();
        int[] sets = [.. PollSets(view)];
        int[] programs = [.. sets.Where(set => view.NameDescriptor(set) is { Metric: not HeldName.OfTheRuntime })];
        Assert.Equal(0, ClosePollSet(own));

        // The runtime's is there, whether these sockets or those of an earlier test were the first.
        Assert.True(sets.Length >= 2, "the sockets made no poll set");
        Assert.Equal([own], programs);
        LeftBehind left = Assert.Single(result.Left, left => left.What == "epoll");
        Assert.Equal((Waits, 1), (Assert.Single(left.Tests), left.Count));
    }

    [Fact]
    public void Class_ThatTheFrameworkDoesNotEnd_EndsWithTheNext()
    {
        using LeakGuard guard = LeakGuard.Start(new Host(TellsClassEnd: false), _options);
        Run(guard, Sends, () => { });
        Run(guard, Waits, () => { });
        Run(guard, Writes, () => { });
        Assert.Equal([new GuardedClass(Sends.ClassName, 2, 1), new GuardedClass(Writes.ClassName, 1, 2)], guard.EndRun().Classes);
    }

    [Fact]
    public void Class_ThatEndsWhileAnotherRuns_WaitsForTheNextReading()
    {
        using LeakGuard guard = Start();
        guard.BeginTest(Writes);
        Run(guard, Sends, () => { });
        guard.EndClass(Sends.ClassName);
        guard.EndTest(Writes);
        guard.EndClass(Writes.ClassName);
        Assert.Equal([1, 1], guard.EndRun().Classes.Select(ended => ended.Reading));
    }

    [Fact]
    public void Classes_ThatCannotAffordAReading_ShareTheLast()
    {
        using LeakGuard guard = LeakGuard.Start(new Host(TellsClassEnd: true), _options with { OverheadPerTest = TimeSpan.Zero });
        Run(guard, Sends, () => { });
        guard.EndClass(Sends.ClassName);
        Run(guard, Writes, () => { });
        guard.EndClass(Writes.ClassName);
        GuardResult result = guard.EndRun();
        Assert.Equal([new GuardedClass(Sends.ClassName, 1, 1), new GuardedClass(Writes.ClassName, 1, 1)], result.Classes);
        Assert.Equal(2, result.Readings.Length);
    }

    [Fact]
    public void Suspect_OfAHostThatCannotBeStarted_IsNotConfirmed()
    {
        using LeakGuard guard = LeakGuard.Start(new Host(TellsClassEnd: true), _options with { Confirm = true });
        Run(guard, Sends, StartThread);
        LeftBehind left = Assert.Single(guard.EndRun().Left, IsMyThread);
        Assert.Equal((LeftStatus.NotConfirmed, "Desk cannot start this test process again with a filter"), (left.Status, left.Note));
    }

    [Fact]
    public void Run_ThatEndsInANoGcRegion_SaysThatNothingWasSettled()
    {
        using LeakGuard guard = Start();
        Run(guard, Sends, () => Assert.True(GC.TryStartNoGCRegion(64 << 20)));
        GuardResult result = guard.EndRun();
        GC.EndNoGCRegion(); // throws if the guard had ended it
        Assert.Contains(result.Warnings, warning => warning.StartsWith("A no-GC region is in progress", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_ThatEndsTwice_HasOneResult()
    {
        using LeakGuard guard = Start();
        Run(guard, Sends, () => { });
        Assert.Same(guard.EndRun(), guard.EndRun());
    }

    [Fact]
    public void Summary_ThatCannotBeWritten_SaysWhatToDo()
    {
        string file = Path.Combine(_folder, "journal.txt");
        File.WriteAllText(file, "");
        using LeakGuard guard = LeakGuard.Start(new Host(TellsClassEnd: true), _options with { SummaryFile = Path.Combine(file, "guard.json") });
        LimpetException trouble = Assert.Throws<LimpetException>(guard.EndRun);
        Assert.StartsWith($"Cannot write the guard's summary to {file}/guard.json: ", trouble.Message, StringComparison.Ordinal);
        Assert.EndsWith("Name a file that can be written in LeakGuardOptions.SummaryFile or LIMPET_GUARD_SUMMARY.", trouble.Message, StringComparison.Ordinal);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void LoadAndUnload() => new AssemblyLoadContext(_name + "unloaded", isCollectible: true).Unload();

    private static IEnumerable<int> PollSets(ProcessView view)
    {
        List<int> numbers = [];
        Assert.True(view.TryListDescriptors(numbers));
        return numbers.Where(number => view.IdentifyDescriptor(number) == "anon_inode:[eventpoll]");
    }

    [DllImport("libc", EntryPoint = "epoll_create1")]
    private static extern int CreatePollSet(int flags);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int ClosePollSet(int descriptor);

    private static void Run(LeakGuard guard, GuardedTest test, Action body)
    {
        guard.BeginTest(test);
        body();
        guard.EndTest(test);
    }

    private LeakGuard Start() => LeakGuard.Start(new Host(TellsClassEnd: true), _options);

    /// <summary>Starts a thread that has its name when this returns: it takes it after its start.</summary>
    private void StartThread()
    {
        using ManualResetEventSlim runs = new();
        Thread thread = new(() =>
        {
            runs.Set();
            _stop.Wait();
        })
        {
            IsBackground = true,
            Name = _name,
        };
        thread.Start();
        runs.Wait();
    }

    /// <summary>Lets it end, and waits until the kernel has forgotten it, which is later than <see cref="Thread.Join()"/> says.</summary>
    private void StopThread()
    {
        _stop.Set();
        using ProcessView view = ProcessView.Open();
        List<int> threads = [];
        Assert.True(SpinWait.SpinUntil(() => view.TryListThreads(threads) && !threads.Any(thread => view.NameThread(thread)?.What == MyThread), TimeSpan.FromSeconds(60)), "the thread does not end");
    }

    private string MyThread => $"thread '{Limpet.Resources.NamePattern.Of(_name)}'";

    private bool IsMyThread(LeftBehind left) => left.What == MyThread && left.Tests.Contains(Sends);

    private bool IsMyFile(LeftBehind left) => left.What.Contains(_folder, StringComparison.Ordinal);

    private sealed record Host(bool TellsClassEnd) : ITestHost
    {
        public string Framework => "Desk";

        public IReadOnlyList<string>? ArgumentsFor(GuardedTest test) => null;
    }
}
