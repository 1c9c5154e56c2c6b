using System.Collections.Immutable;
using Limpet.Results;

namespace Limpet.Reporting.Tests;

/// <summary>Results to write, with every property set that can be.</summary>
internal static class Samples
{
    public static ToolInfo Tool { get; } = new("limpet", "1.2.3");

    public static DateTimeOffset Start { get; } = new(2026, 3, 4, 7, 6, 7, 89, TimeSpan.FromHours(2));

    public static TargetInfo Target { get; } = new(4242, ["dotnet", "Shop.dll"], ".NET 10.0.12");

    public static Finding Leak { get; } = new()
    {
        Kind = FindingKind.ManagedLeak,
        Subject = "Shop.OrderView",
        Signature = "b2c1",
        PerOperation = new Amount(1, 1432),
        Retained = new Amount(91, 130312),
        Course = [null, 91],
        Readings = new Readings(104, 97, 91),
        Dose = new DoseResult(2, 2.05),
        SeenUpToOperations = 1637,
        Source = new SourceLine("OrderView.cs", 42),
        Confidence = "+1.00 per operation in 8 of 8 rounds.",
        Holder = SampleTraces.Bus,
        Hint = "OrderView..ctor (OrderView.cs:42) subscribes Bus.Changed; remove the handler when the view closes",
        Related = [new RelatedGrowth("fds", 1) { Detail = "file /var/log/shop/view-*.log" }, new RelatedGrowth("Shop.Line", 3)],
    };

    public static Finding Hang { get; } = new()
    {
        Kind = FindingKind.Hang,
        Subject = "operation",
        Signature = "77aa",
        Confidence = "Operation 12 did not end within 30 seconds.",
        Stacks =
        [
            new ThreadStackGroup(2, [4, 7], "a monitor on Shop.Ledger that thread 9 has", ["System.Threading.Monitor.Enter", "Shop.Ledger+<PostAsync>d__7.MoveNext"]),
            new ThreadStackGroup(1, [9], null, ["Shop.Ledger.Write"]),
        ],
    };

    public static HuntResult Hunt { get; } = new()
    {
        Tool = Tool,
        StartedAt = Start,
        DurationSeconds = 12.3,
        Target = Target,
        Environment = ImmutableSortedDictionary<string, string>.Empty.Add("gc", "workstation"),
        Verdict = Verdict.Leak,
        Reason = "Shop.OrderView: +1.00 per operation in 8 of 8 rounds.",
        Operations = new OperationCount(1637, 2),
        Warnings = ["descriptors could not be read"],
        BlindSpots = ["memory that the kernel holds for sockets"],
        Budgets = [new BudgetResult("max-rss", 200, 214.5, true)],
        Findings = [Leak],
        Measurements = new Measurements
        {
            NoiseFloor = ImmutableSortedDictionary<string, double>.Empty.Add("managedBytes", 2048).Add("fds", 0),
            Rounds =
            [
                new RoundMeasurement { Kind = "Warmup", Operations = 13, AtSeconds = 1.25, Metrics = ImmutableSortedDictionary<string, double>.Empty.Add("threads", 14) },
                new RoundMeasurement
                {
                    PausedSeconds = 2.5,
                    Kind = "Base",
                    Operations = 1613,
                    Failed = 2,
                    AtSeconds = 11.5,
                    StallSeconds = 0.0125,
                    Metrics = ImmutableSortedDictionary<string, double>.Empty.Add("objects", 31250).Add("managedBytes", 1300000).Add("fds", 91).Add("threads", 14),
                    Immediate = ImmutableSortedDictionary<string, double>.Empty.Add("fds", 92.5),
                },
            ],
        },
    };

    public static SnapshotResult Snapshot { get; } = new()
    {
        Tool = Tool,
        StartedAt = Start,
        DurationSeconds = 0.5,
        Target = Target,
        Heap = new HeapSummary { Objects = 5000000, Bytes = new ByteSize(167772160), References = 7500000, Roots = 430, Complete = true, File = "shop.limpet" },
        Timings = new SnapshotTimings(TimeSpan.FromMilliseconds(270), TimeSpan.FromMilliseconds(85), TimeSpan.FromSeconds(1.25)),
    };

    public static ConvertResult Convert { get; } = new()
    {
        Tool = Tool,
        StartedAt = Start,
        DurationSeconds = 1.5,
        Target = Target,
        Heap = Snapshot.Heap with { File = "shop.gcdump" },
        Format = "gcdump",
        FileSize = new ByteSize(104857600),
    };

    public static WhyResult Why { get; } = new()
    {
        Tool = Tool,
        StartedAt = Start,
        DurationSeconds = 0.5,
        Target = Target,
        Matches = new WhyMatches { Type = "Shop.OrderView", Count = 1093, RootedCount = 1091, Garbage = [new NamedTally("Gen0", 1), new NamedTally("Large", 1)], Weak = new WeakHold(3, 1, 1) { GoesWithGeneration = 2, Finalizable = true, Dependent = [new DependentPair("Shop.Order", "Shop.OrderView", 2, AsKey: false), new DependentPair("Shop.OrderView", "Shop.Tag", 1, AsKey: true)] } },
        Traces =
        [
            new WhyTrace(
                1091,
                new ByteSize(1562312),
                new RetentionTrace(SampleTraces.Bus.Root, [.. SampleTraces.Bus.Path.Select(element => element with { Leaking = LeakingStatus.Unknown, Reason = "one capture does not tell", Suspect = false })]))
            { Signature = "b2c1", Hint = "remove the handler" },
        ],
        OmittedShapes = 2,
    };

    public static InspectResult Inspect { get; } = new()
    {
        Tool = Tool,
        StartedAt = Start,
        DurationSeconds = 0.5,
        Target = Target,
        Heap = Snapshot.Heap,
        Contents = new HeapContents
        {
            Objects = 5000000,
            Bytes = new ByteSize(167772160),
            References = 7500000,
            Generations = [new HeapArea("Gen0", 2, 1000, new ByteSize(48000), 200, new ByteSize(9600), new ByteSize(4096)), new HeapArea("Large", 1, 3, new ByteSize(8388608), 0, default, default)],
            Types = [new TypeUse("Shop.Order", 1000000, new ByteSize(48000000), new ByteSize(96000000)), new TypeUse("string", 90, new ByteSize(9000), new ByteSize(9000)) { FullType = "System.String" }],
            OmittedTypes = 12,
            Suspects =
            [
                new HeapSuspect
                {
                    Kind = SuspectKind.ManyAlike,
                    Subject = "Shop.Order",
                    Count = 1000000,
                    Retained = new ByteSize(96000000),
                    Share = 0.5722,
                    Container = "static field Shop.Store.orders",
                    ContainerType = "System.Collections.Generic.List<Shop.Order>",
                    PointType = "Shop.Order[]",
                    PointAddress = 0x7f12a4001020,
                    Leaking = LeakingStatus.Unknown,
                    Reason = "one capture tells what it holds, not whether it should",
                    Holder = SampleTraces.Store,
                    Signature = "c0de",
                    Hint = "Store.Add (Store.cs:12) adds to Store.orders",
                    Source = new SourceLine("Store.cs", 12),
                },
                new HeapSuspect
                {
                    Kind = SuspectKind.LargeDominator,
                    Subject = "System.Buffers.SharedArrayPool<byte>",
                    Count = 1,
                    Mostly = [new NamedTally("byte[]", 16)],
                    Retained = new ByteSize(16777216),
                    Share = 0.1,
                    Container = "static field System.Buffers.SharedArrayPool<byte>.s_shared",
                    ContainerType = "System.Buffers.SharedArrayPool<byte>",
                    Leaking = LeakingStatus.No,
                    Reason = "ArrayPool.Shared, which keeps a bounded number of returned arrays",
                    Holder = SampleTraces.Store,
                    Signature = "c0ff",
                },
            ],
            OmittedSuspects = 1,
            Roots = [new NamedTally("StaticField", 430)],
            Threads = [new HeapThread(7, 3, 12, new ByteSize(9600), ["Shop.Worker.Run", "System.Threading.Thread.StartCallback"])],
            OmittedThreads = 1,
            Components =
            [
                new CycleGroup(12, 2, 1, true, new ByteSize(1152), [new NamedTally("Shop.Line", 1), new NamedTally("Shop.Order", 1)]),
                new CycleGroup(1, 5, 0, false, new ByteSize(240), [new NamedTally("A", 1), new NamedTally("B", 1), new NamedTally("C", 1), new NamedTally("D", 1), new NamedTally("E", 1)]),
            ],
            OmittedComponents = 3,
            PendingOperations =
            [
                new PendingOperationGroup("Task.Delay", 90, [new NamedTally("async OrderService.Start()", 90)], [new RootTally(new TraceRoot("StaticField", "System.Threading.TimerQueue.Instances"), 89), new RootTally(new TraceRoot("Stack", "Shop.Worker.Run"), 1)]),
                new PendingOperationGroup(null, 1, [new NamedTally("async Program.Main()", 1)], []),
            ],
            Timers = [new TimerGroup("Shop.Ticker.Tick", "every 5 s", 4), new TimerGroup("Task.Delay", null, 90)],
            ActiveTimers = 94,
            FinalizerQueue = [new TypeUse("System.IO.FileStream", 3, new ByteSize(300), new ByteSize(12300))],
            LargeArrays = [new LargeArray("Shop.Order[]", 0x7f12a4001020, new ByteSize(8388608), "static field Shop.Store.orders") { Length = 1048573, Filled = 1000000 }, new LargeArray("byte[]", 0x7f12a5001020, new ByteSize(1048576), "field Shop.Page.bytes")],
            Collections =
            [
                new FullCollection("System.Collections.Generic.Dictionary<int, Shop.Order>", 0x7f12a4001000, 1_000_000, new ByteSize(28_000_080), new ByteSize(96_000_000), "static field Shop.Store.orders"),
                new FullCollection("System.Collections.Generic.List<double>", 0x7f12a4002000, 48, new ByteSize(568), new ByteSize(568), "field Shop.Log.durations"),
            ],
            OmittedCollections = 7,
            Strings = new StringUse(20_000, new ByteSize(1_258_291), 314, new ByteSize(819_200)),
            DuplicateStrings =
            [
                new DuplicateString(40, 0x9f3c00ab12cd34ef, 1500, new ByteSize(156_000), new ByteSize(155_896), "field Shop.Order.note", 1500, SampleTraces.Store) { Text = "gift, please wrap\n" },
                new DuplicateString(12, 0x3c00ab12cd34ef, 90, new ByteSize(4_320), new ByteSize(4_272), "static field Shop.Store.orders", 80, SampleTraces.Store),
            ],
            OmittedDuplicateStrings = 312,
        },
        BlindSpots = ["duplicate strings"],
    };

    public static DiffResult Diff { get; } = new()
    {
        Tool = Tool,
        StartedAt = Start,
        DurationSeconds = 0.5,
        Target = Target,
        Heaps = [new ComparedHeap("before.limpet", 100, new ByteSize(4000), null), new ComparedHeap("after.limpet", 200, new ByteSize(9000), "a collection was under way")],
        Containers = [new ContainerDelta("field Shop.Store.orders", "System.Collections.Generic.List<Shop.Order>", "Shop.Order", new Delta([10, 100], [480, 9600], 90, new ByteSize(9120), ChangeKind.Grown), "static field Shop.store → Shop.Store → orders: Shop.Order")],
        OmittedContainers = 1,
        Contents =
        [
            new ContentDelta("static field Shop.Log.durations", "System.Collections.Generic.List<double>", "static field Shop.Log.durations → System.Collections.Generic.List<double>", [500, 10_000], 9_500),
            new ContentDelta("field Shop.Store.seen", "System.Collections.Generic.HashSet<System.Guid>", "static field Shop.store → Shop.Store → seen: System.Collections.Generic.HashSet<System.Guid>", [0, 20], 5),
        ],
        OmittedContents = 4,
        Types =
        [
            new TypeDelta("Shop.Order", new Delta([10, 100], [480, 4800], 90, new ByteSize(4320), ChangeKind.Grown)),
            new TypeDelta("Shop.Line", new Delta([0, 5], [0, 120], 5, new ByteSize(120), ChangeKind.New)),
            new TypeDelta("Shop.View", new Delta([2, 1], [48, 24], -1, new ByteSize(-24), ChangeKind.Shrunk)),
            new TypeDelta("Shop.Old", new Delta([2, 0], [48, 0], -2, new ByteSize(-48), ChangeKind.Gone)),
        ],
        OmittedTypes = 2,
        Paths = [new PathDelta("static field Shop.store → Shop.Store → orders: Shop.Order", "Shop.Order", new Delta([10, 100], [480, 4800], 90, new ByteSize(4320), ChangeKind.Grown))],
        OmittedPaths = 3,
    };

    public static PsResult Ps { get; } = new()
    {
        Tool = Tool,
        StartedAt = Start,
        DurationSeconds = 0.1,
        Processes = [new ProcessSummary(81, ["dotnet", "Shop.dll"], ".NET 10.0.12", "shop"), new ProcessSummary(4242, [], null, null)],
    };

    public static WatchResult Watch { get; } = new()
    {
        Tool = Tool,
        StartedAt = Start,
        DurationSeconds = 3.5,
        Target = new TargetInfo(4242, ["python3", "-m", "pytest", "-v"], null),
        Verdict = Verdict.Leak,
        Reason = "file /tmp/order-*.log: 2 of 3 phases left 10 that are still open at the end",
        Budgets = [new BudgetResult("max-rss", 1e9, 62914560, false), new BudgetResult("max-fds", 15, 17, true), new BudgetResult("return-to-baseline", 10, null, false)],
        Findings =
        [
            new Finding
            {
                Kind = FindingKind.ResourceLeak,
                Subject = "file /tmp/order-*.log",
                Signature = "watch:File:file /tmp/order-*.log",
                Retained = new Amount(10, null),
                PerOperation = new Amount(3.3333, null),
                SeenUpToOperations = 3,
                Confidence = "2 of 3 phases left 10 that are still open at the end: test_a (5), test_b (5)",
                Related = [new RelatedGrowth("fds", 3) { Detail = "file /tmp/order-*.log" }, new RelatedGrowth("fds", 0.3333) { Detail = "file /tmp/x" }],
            },
            new Finding
            {
                Kind = FindingKind.NativeLeak,
                Subject = "private memory of python3",
                Signature = "watch:memory:python3",
                Retained = new Amount(null, 31457280),
                PerOperation = new Amount(null, 1048576),
                Confidence = "3 of 3 phases took 1.00 MiB each",
            },
        ],
        Warnings = ["process 4250 (sleep 30) was left running"],
        BlindSpots = ["processes that lived for less than a tenth of a second"],
        Processes =
        [
            new WatchedProcess(4242, ["python3", "-m", "pytest", "-v"], 1) { Series = ImmutableSortedDictionary<string, ImmutableArray<SeriesPoint>>.Empty.Add("fds", [new SeriesPoint(0.5, 4, 17, 6), new SeriesPoint(3, 6, 9, 8)]), StartSeconds = 0, EndSeconds = 3.25, CpuSeconds = 0.5, Peak = new TreeFigures { RssBytes = 62914560, PssBytes = 52428800, Fds = 17, Threads = 2 } },
            new WatchedProcess(4250, [], null) { StartSeconds = 1.5, Orphan = true },
        ],
        OmittedProcesses = 1,
        Peak = new TreeFigures { RssBytes = 62914560, PssBytes = 52428800, Fds = 20, Threads = 3, Children = 1 },
        Phases =
        [
            new WatchPhase("test_a", 0.5, 1) { Peak = new TreeFigures { RssBytes = 41943040, Fds = 12 }, Delta = new TreeFigures { RssBytes = 1048576, PssBytes = 1048576, Fds = 5, Threads = 0, Children = 0 }, End = new TreeFigures { RssBytes = 41943040 }, ReturnedToBaseline = false, Leaks = true, Left = [new LeftItem("fds", "file /tmp/order-*.log", 5), new LeftItem("memoryBytes", "private memory", 1048576)] },
            new WatchPhase("test\u001b[31m_b", 1, 1.25) { Delta = new TreeFigures { RssBytes = -4096, Fds = -1, Threads = 1 } },
        ],
        Projections = [new LimitProjection("openFiles", 1024, 302, 151) { Used = 17, Low = 250, High = 400 }, new LimitProjection("cgroupMemory", 1e9, null, 9000) { Used = 5e8 }],
        Monitor = new MonitorFigures(70, 1, 0.25) { MissedSamples = 4, LongestGapSeconds = 0.5, LinesRead = 12, Marks = 7, LateMarks = 1 },
        Series = ImmutableSortedDictionary<string, ImmutableArray<SeriesPoint>>.Empty.Add("fds", [new SeriesPoint(0, 5, 20, 7)]),
    };

    /// <summary>The watch of a program whose counters were read, and of one that does not tell.</summary>
    public static WatchResult WatchOfDotNet { get; } = Watch with
    {
        Processes =
        [
            new WatchedProcess(4242, ["dotnet", "Shop.dll"], 0)
            {
                StartSeconds = 0,
                DotNet = new DotNetFigures
                {
                    IntervalSeconds = 2,
                    Counters =
                    [
                        Level("gc-heap-size", "B", 1e6, 12582912, 41943040),
                        Level("gc-committed", "B", 2e6, 20971520, 20971520),
                        Level("gen-0-size", "B", 0, 1024, 1024),
                        Level("gen-2-size", "B", 0, 8388608, 8388608),
                        Level("gc-fragmentation", "%", 1, 3.4, 9),
                        Sum("alloc-rate", "B", 4194304, 62914560),
                        Sum("gen-0-gc-count", "", 4, 12),
                        Sum("gen-1-gc-count", "", 1, 3),
                        Sum("gen-2-gc-count", "", 1, 1),
                        Level("total-pause-time-by-gc", "ms", 10, 135, 135),
                        Level("threadpool-thread-count", "", 2, 5, 12),
                        Level("threadpool-queue-length", "", 0, 0, 3),
                        Level("active-timer-count", "", 3, 3, 3),
                        Sum("exception-count", "", 2, 4),
                    ],
                    Meters = [new CounterFigure("System.Net.Http", "http.client.open_connections", "server.port=80", "{connection}", false, 1, 12, 15, 0), new CounterFigure("Shop", "orders", "", "", true, 2, 2, 4, 60), new CounterFigure("Shop", "idle", "", "", false, 0, 0, 0, 0)],
                },
            },
            new WatchedProcess(4250, ["dotnet", "Old.dll"], null) { StartSeconds = 1, DotNet = new DotNetFigures { Refusal = "diagnostics are switched off" } },
        ],
    };

    public static MemoryTable Memory { get; } = new()
    {
        Rss = new ByteSize(104857600),
        Rows =
        [
            new MemoryRow(MemoryUse.GcLive, new ByteSize(5242880), null, null),
            new MemoryRow(MemoryUse.NativeFree, new ByteSize(83886080), "in 30 arenas", "fewer arenas"),
            new MemoryRow(MemoryUse.Rest, new ByteSize(15728640), null, null),
        ],
        Answer = "Most of the resident memory is outside of the managed heap.",
        Doubts = ["1.00 MiB could not be looked into"],
    };

    public static DoctorResult Doctor { get; } = new()
    {
        Tool = Tool,
        StartedAt = Start,
        DurationSeconds = 0.02,
        Checks =
        [
            new MachineCheck("tracing", CheckState.Refused, "yama ptrace_scope=2", "hunt needs it", "run limpet as root"),
            new MachineCheck("open files", CheckState.Ok, "20,000", "descriptors that a process may open", null),
            new MachineCheck("ports", CheckState.Unknown, "?", "outgoing connections", null),
        ],
        Rate = "6.6 KB/request at 1000/min",
        Projections = [new LimitProjection("hostMemory", 8e9, null, 45000) { Used = 3e9 }, new LimitProjection("openFiles", 1024, null, 100) { Used = 17 }],
    };

    private static CounterFigure Level(string name, string unit, double first, double last, double max) => new("System.Runtime", name, "", unit, false, first, last, max, 0);

    private static CounterFigure Sum(string name, string unit, double max, double total) => new("System.Runtime", name, "", unit, true, 1, 1, max, total);

    public static IEnumerable<ResultEnvelope> All =>
    [
        Inspect with { Memory = Memory },
        WatchOfDotNet,
        Doctor,
        Why with { Traces = [Why.Traces[0] with { Holder = SampleTraces.WithLines, Source = new SourceLine("Worker.cs", 8) }] },
        Hunt with { Findings = [Hunt.Findings[0] with { Holder = SampleTraces.WithLines }] },
        Why with { Traces = [Why.Traces[0] with { Holder = SampleTraces.OfThreads }] },
        Hunt with { Findings = [Hunt.Findings[0] with { Holder = SampleTraces.OfThreads }] },
        Hunt,
        Hunt with { Findings = [Hang, new Finding { Kind = FindingKind.NativeLeak, Subject = "native memory", Signature = "9", Confidence = "So." }], Verdict = Verdict.Hang },
        new HuntResult { StartedAt = Start, DurationSeconds = 0, Verdict = Verdict.NotRun, Reason = "No round was run.", Operations = new OperationCount(0, 0) },
        Snapshot,
        Snapshot with { Heap = Snapshot.Heap with { Complete = false, IncompleteReason = "a collection was under way", File = null }, Target = null },
        Convert,
        Convert with { Heap = Convert.Heap with { Complete = false, IncompleteReason = "the dump was cut" }, Target = null },
        Inspect,
        Diff,
        Why,
        Why with { Matches = Why.Matches with { Address = 0x7f12a4001020, Count = 1, RootedCount = 0 }, Traces = [] },
        Ps,
        Watch,
        new WatchResult { StartedAt = Start, DurationSeconds = 0.1, Verdict = Verdict.Inconclusive, Reason = "0.1 s are too short", Monitor = new MonitorFigures(0, 0, 0) },
    ];
}
