using System.Globalization;
using Limpet.Bench.Accuracy;
using Limpet.Bench.Capturing;
using Limpet.Bench.Checking;
using Limpet.Bench.Fuzzing;
using Limpet.Bench.Graphs;
using Limpet.Bench.Killing;
using Limpet.Bench.Watching;
using Limpet.Results;

// limpet-bench capture [--objects N] [--heap dense|mixed] [--repeat N]     or     kill [--times N] [--objects N] [--seed N]
//     or     strings [--objects N] [--repeat N]
//     or     fuzz FILE [--count N] [--seed N]
//     or     graph [--nodes N] [--order allocated|shuffled] [--repeat N]
//     or     accuracy [--set hard|reported] [--times N] [--load none|busy] [--together N] [--minutes N] [--only NAME] [--out FILE.md] [--record FILE.jsonl]
//     or     soak [--null N] [--leaks N] [--out FILE]
//     or     collected [--objects N] [--repeat N]
//     or     guard [--tests N] [--repeat N]
// `measure WHAT PID`, `capture-loop PID` and `burn PID` are the processes that these start.
try
{
    return args switch
    {
        ["capture", ..] => CaptureBench.Run(Option("--objects", 5_000_000), Word("--heap", "dense", "mixed"), Option("--repeat", 3)),
        ["strings", ..] => StringsBench.Run(Option("--objects", 5_000_000), Option("--repeat", 9)),
        ["kill", ..] => KillBench.Run(Option("--times", 200), Option("--objects", 300_000), Option("--seed", Environment.TickCount)),
        ["watch", ..] => WatchBench.Run(Option("--seconds", 30)),
        ["graph", ..] => GraphBench.Run(args.Contains("--nodes") ? [Option("--nodes", 5_000_000)] : [1_000_000, 5_000_000, 20_000_000], Word("--order", "allocated", "shuffled") == "shuffled", Option("--repeat", 3)),
        ["accuracy", ..] => new AccuracyBench(new AccuracyOptions(
            Word("--set", "hard", "reported"), Option("--times", 1), Word("--load", "none", "busy") == "busy", Option("--together", 1),
            args.Contains("--minutes") ? TimeSpan.FromMinutes(Option("--minutes", 30)) : null, Text("--only", "route"), Text("--out", "accuracy.md"), Text("--record", "accuracy.jsonl"))).Run(),
        ["soak", ..] => SoakBench.Run(Option("--null", 10_000), Option("--leaks", 200), Text("--out", "soak.tsv") ?? "soak.tsv"),
        ["collected", ..] => CollectedBench.Run(Option("--objects", 100_000), Option("--repeat", 200)),
        ["guard", ..] => GuardBench.Run(Option("--tests", 2_000), Option("--repeat", 5)),
        ["fuzz", string file, ..] => FuzzBench.Run(file, Option("--count", 10_000), Option("--seed", 1)),
        ["measure", "fuzz", string file, string first, string count] => FuzzWorker.Run(file, Pid(first), Pid(count)),
        ["measure", "capture", string pid] => CaptureMeasurement.Run(Pid(pid)),
        ["measure", "copy", string pid] => CopyMeasurement.Run(Pid(pid)),
        ["measure", "clrmd", string pid] => ClrMdMeasurement.Run(Pid(pid), asObjects: false),
        ["measure", "clrmd-objects", string pid] => ClrMdMeasurement.Run(Pid(pid), asObjects: true),
        ["capture-loop", string pid] => CaptureLoop.Run(Pid(pid)),
        ["burn", string pid] => BusyLoad.Burn(Pid(pid)),
        _ => Usage(),
    };
}
catch (LimpetException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 2;
}

int Option(string name, int otherwise)
{
    int at = Array.IndexOf(args, name);
    return at < 0 ? otherwise
        : at + 1 < args.Length && int.TryParse(args[at + 1], NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value > 0 ? value
        : throw new LimpetException($"{name} needs a whole number above 0, such as: {name} {otherwise}");
}

string? Text(string name, string example)
{
    int at = Array.IndexOf(args, name);
    return at < 0 ? null : at + 1 < args.Length && !args[at + 1].StartsWith('-') ? args[at + 1] : throw new LimpetException($"{name} needs a value, such as: {name} {example}");
}

string Word(string name, params string[] allowed)
{
    string word = Text(name, allowed[0]) ?? allowed[0];
    return allowed.Contains(word) ? word : throw new LimpetException($"{name} is '{word}'. It can be: {string.Join(", ", allowed)}");
}

static int Pid(string text) => int.Parse(text, CultureInfo.InvariantCulture);

static int Usage()
{
    Console.Error.WriteLine("""
        limpet-bench capture [--objects 5000000] [--heap dense|mixed] [--repeat 3]   what a capture costs, beside ClrMD; exit code 0 when all bounds are met
        limpet-bench strings [--objects 5000000] [--repeat 9]   what hashes and texts of strings add to a capture
        limpet-bench watch [--seconds 30]   what watching 10 and 100 processes costs; exit code 0 when both bounds are met
        limpet-bench graph [--nodes N] [--order allocated|shuffled] [--repeat 3]   dominators, components and shortest paths of generated heaps; exit code 0 when all bounds are met
        limpet-bench accuracy [--set hard|reported] [--times 1] [--load none|busy] [--together 1] [--minutes N] [--only NAME] [--out FILE.md] [--record FILE.jsonl]   hunts all targets of a set, and goes on from what the record has; exit code 0 when all that is said of them is right
        limpet-bench fuzz FILE [--count 10000] [--seed 1]   alters a .limpet, .gcdump or core dump and reads it; exit code 0 when each time an answer or a clear error came
        limpet-bench guard [--tests 2000] [--repeat 5]   what a guard costs each test, in a process with 100 descriptors and 30 threads
        limpet-bench kill [--times 200] [--objects 300000] [--seed N]   kills a capturing process at random moments; exit code 0 when the target answers on every time
        """);
    return 2;
}
