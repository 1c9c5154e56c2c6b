using System.Globalization;
using Limpet.TestTargets;

// limpet-test-target NAME [leaky|fixed] [NUMBER] [--mended] [--self-check]     or --list, or --truth [hard|reported], or --no-tracing COMMAND...
Dictionary<string, Func<Target>> targets = new(StringComparer.Ordinal)
{
    // Shapes: built once, then waiting.
    ["objects"] = () => new ObjectsTarget(Number(1, 1_000)),
    ["linked-list"] = () => new LinkedListTarget(Number(1, 1_000)),
    ["big-array"] = () => new BigArrayTarget(Number(1, 100_000)),
    ["array-of-structs"] = () => new ArrayOfStructsTarget(),
    ["collectible"] = () => new CollectibleTarget(),
    ["dependent-handles"] = () => new DependentHandlesTarget(),
    ["handles"] = () => new HandlesTarget(),
    ["weak-handles"] = () => new WeakHandlesTarget(),
    ["processor-handles"] = () => new ProcessorHandlesTarget(),
    ["statics"] = () => new StaticsTarget(),
    ["loh-poh-frozen"] = () => new LohPohFrozenTarget(),
    ["threads"] = () => new ThreadsTarget(Number(1, 10)),
    ["allocate"] = () => new AllocateTarget(),
    ["unloading"] = () => new UnloadingTarget(),
    ["finalizers"] = () => new FinalizersTarget(),
    ["ticker"] = () => new TickerTarget(args is [_, _, "dense", ..] ? new MeshTarget(Number(1, 1_000)) : args is [_, _, "texts", ..] ? new TextsTarget(Number(1, 3_000)) : new ObjectsTarget(Number(1, 1_000))),
    ["closures"] = () => new ClosuresTarget(),
    ["async-pending"] = () => new AsyncPendingTarget(),
    ["timers"] = () => new TimersTarget(),
    ["mesh"] = () => new MeshTarget(Number(1, 1_000)),
    ["texts"] = () => new TextsTarget(Number(1, 3_000)),
    ["holders"] = () => new HoldersTarget(),
#if NET10_0_OR_GREATER
    ["framework-holders"] = () => new FrameworkHoldersTarget(),
#endif
    ["signals"] = () => new SignalsTarget(),
    ["collections"] = () => new CollectionsTarget(),
    ["limits"] = () => new LimitsTarget(),
    ["memory-uses"] = () => new MemoryUsesTarget(),

    // Leaks: leaky or fixed.
    ["static-event"] = () => new StaticEventTarget(Leaky()),
    ["dictionary-entry"] = () => new DictionaryEntryTarget(Leaky()),
    ["closure-in-list"] = () => new ClosureInListTarget(Leaky()),
    ["token-registration"] = () => new TokenRegistrationTarget(Leaky()),
    ["continuation"] = () => new ContinuationTarget(Leaky()),
    ["immutable-entry"] = () => new ImmutableEntryTarget(Leaky()),
    ["signal-registration"] = () => new SignalRegistrationTarget(Leaky()),
    ["pending-await"] = () => new PendingAwaitTarget(Leaky()),
    ["timer"] = () => new TimerTarget(Leaky()),
    ["descriptor"] = () => new DescriptorTarget(Leaky()),
    ["socket"] = () => new SocketTarget(Leaky()),
    ["thread-per-op"] = () => new ThreadPerOpTarget(Leaky()),
    ["native"] = () => new NativeTarget(Leaky()),
    ["every-third"] = () => new EveryThirdTarget(Leaky()),
    ["after-sixty"] = () => new AfterSixtyTarget(Leaky()),
    ["by-time"] = () => new ByTimeTarget(Leaky()),
    ["bounded-cache"] = () => new BoundedCacheTarget(Leaky()),
    ["sawtooth-queue"] = () => new SawtoothQueueTarget(Leaky()),
    ["lazy-once"] = () => new LazyOnceTarget(Leaky()),
    ["finalizable-handles"] = () => new FinalizableHandlesTarget(Leaky()),
    ["warm-cache"] = () => new WarmCacheTarget(Leaky()),

    // Faults: bad input for a hunter.
    ["ignore-stdin"] = () => new IgnoreStdinTarget(),
    ["crash-after"] = () => new CrashAfterTarget(Number(1, 20)),
    ["exit-after"] = () => new ExitAfterTarget(Number(1, 20), Number(2, 3)),
    ["hang-after"] = () => new HangAfterTarget(Number(1, 20)),
    ["hang-async"] = () => new HangAsyncTarget(Number(1, 20)),
    ["throw-each"] = () => new ThrowEachTarget(),
    ["slow"] = () => new SlowTarget(Number(1, 100)),
    ["blocked-finalizer"] = () => new BlockedFinalizerTarget(),
    ["never-ready"] = () => new NeverReadyTarget(),
    ["hostile-names"] = () => new HostileNamesTarget(),
#if NET9_0_OR_GREATER
    ["blank-names"] = () => new BlankNamesTarget(),
#endif
};

#if NET10_0_OR_GREATER
if (args is ["--truth"] or ["--truth", "hard" or "reported"])
{
    Console.WriteLine(Limpet.TestTargets.Hard.HardTargets.TruthJson(reported: args is [_, "reported"]));
    return 0;
}

// Hard targets: programs as a team writes them, with their truth as data.
foreach ((string name, Func<HardTarget> hard) in Limpet.TestTargets.Hard.HardTargets.All)
{
    targets.Add(name, hard);
}

// Leaks that were reported to public projects, and their mended forms.
foreach ((string name, Func<bool, Limpet.TestTargets.Reported.ReportedTarget> reported) in Limpet.TestTargets.Reported.ReportedTargets.All)
{
    targets.Add(name, () => reported(args.Contains(Limpet.TestTargets.Reported.ReportedTargets.MendedSwitch)));
}
#endif

// Kinds: leaks that show in several metrics, leaky or fixed.
foreach ((string name, Func<bool, Target> kind) in KindTargets.All)
{
    targets.Add(name, () => kind(Leaky()));
}

if (args is ["--no-tracing", .. { Length: > 0 } command])
{
    return NoTracing.Run(command);
}

if (args is ["--list"])
{
    foreach (string name in targets.Keys)
    {
        Console.WriteLine(name);
    }

    return 0;
}

if (args.Length == 0 || !targets.TryGetValue(args[0], out Func<Target>? create))
{
    Console.Error.WriteLine($"No target '{args.FirstOrDefault()}'. --list names all of them.");
    return 2;
}

Target target = create();
if (!args.Contains("--self-check"))
{
    return target.Run();
}

if (target is CheckedTarget checkable)
{
    return checkable.SelfCheck();
}

Console.Error.WriteLine($"'{args[0]}' declares nothing that could be checked.");
return 2;

// "ms" after a number is for the reader.
int Number(int position, int otherwise) => args.Length > position && !args[position].StartsWith('-')
    ? int.Parse(args[position].Replace("ms", "", StringComparison.Ordinal), NumberStyles.AllowThousands, CultureInfo.InvariantCulture)
    : otherwise;

bool Leaky() => args.Length < 2 || args[1].StartsWith('-')
    || args[1] switch
    {
        "leaky" => true,
        "fixed" => false,
        _ => throw new ArgumentException($"'{args[1]}' is neither leaky nor fixed."),
    };
