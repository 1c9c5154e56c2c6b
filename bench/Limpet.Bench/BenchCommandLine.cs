using System.CommandLine;
using System.CommandLine.Help;
using System.Globalization;
using Limpet.Bench.Accuracy;
using Limpet.Bench.Capturing;
using Limpet.Bench.Checking;
using Limpet.Bench.Fuzzing;
using Limpet.Bench.Graphs;
using Limpet.Bench.Killing;
using Limpet.Bench.Watching;
using Limpet.Results;

namespace Limpet.Bench;

/// <summary>Which benchmarks there are, with their options. Nothing is started by a line that is not understood to its end.</summary>
internal static class BenchCommandLine
{
    private const int BadUsage = 2;

    /// <summary>Runs a line and returns its exit code: 0 when all bounds are met, 1 when not, 2 for a line that is wrong.</summary>
    public static int Run(string[] args)
    {
        try
        {
            ParseResult line = Create().Parse(args.Length == 0 ? ["--help"] : args);
            if (line.Action is not HelpAction && line.Errors.Count > 0)
            {
                throw new LimpetException(Describe(line));
            }

            int code = line.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
            return args.Length == 0 ? BadUsage : code;
        }
        catch (LimpetException exception)
        {
            Console.Error.WriteLine(exception.Message);
            return BadUsage;
        }
    }

    private static Command Create() => new("limpet-bench", "Measures limpet beside its peers. Exit code 0 when all bounds are met.")
    {
        new HelpOption { Recursive = true },
        Capture(), Strings(), Watch(), Graph(), Accuracy(), Soak(), Collected(), Guard(), Fuzz(), Kill(), Measure(), Worker("capture-loop", CaptureLoop.Run), Worker("burn", BusyLoad.Burn),
    };

    private static Command Capture()
    {
        Option<int> objects = Number("--objects", 5_000_000, "Live objects in the heap");
        Option<string> heap = Word("--heap", "Its shape", "dense", "mixed");
        Option<int> repeat = Number("--repeat", 3, "How often everything is measured");
        Option<bool> core = new("--core") { Description = "Also ClrMD over a core dump, which is written for it: the disk of the temporary folder must hold the memory of the heap" };
        Command command = new("capture", "What a capture costs, beside ClrMD") { objects, heap, repeat, core };
        command.SetAction(line => CaptureBench.Run(line.GetValue(objects), line.GetValue(heap)!, line.GetValue(repeat), line.GetValue(core)));
        return command;
    }

    private static Command Strings()
    {
        Option<int> objects = Number("--objects", 5_000_000, "Live objects in the heap, two of three of them strings");
        Option<int> repeat = Number("--repeat", 9, "How often everything is measured");
        Command command = new("strings", "What hashes and texts of strings add to a capture") { objects, repeat };
        command.SetAction(line => StringsBench.Run(line.GetValue(objects), line.GetValue(repeat)));
        return command;
    }

    private static Command Watch()
    {
        Option<int> seconds = Number("--seconds", 30, "How long it is measured");
        Option<bool> day = new("--day") { Description = "Also the memory for a day's readings of 50 processes, which are taken in some minutes" };
        Command command = new("watch", "What watching 10 and 100 processes costs") { seconds, day };
        command.SetAction(line => WatchBench.Run(line.GetValue(seconds), line.GetValue(day)));
        return command;
    }

    private static Command Graph()
    {
        Option<int> nodes = Number("--nodes", null, "Objects of one heap, in place of heaps of 1, 5 and 20 million");
        Option<string> order = Word("--order", "How they lie", "allocated", "shuffled");
        Option<int> repeat = Number("--repeat", 3, "How often everything is measured");
        Command command = new("graph", "Dominators, components and shortest paths of generated heaps") { nodes, order, repeat };
        command.SetAction(line => GraphBench.Run(line.GetValue(nodes) is > 0 and var given ? [given] : [1_000_000, 5_000_000, 20_000_000], line.GetValue(order) == "shuffled", line.GetValue(repeat)));
        return command;
    }

    private static Command Accuracy()
    {
        Option<string> set = Word("--set", "Which targets", "hard", "reported");
        Option<int> times = Number("--times", 1, "How often each is hunted");
        Option<string> load = Word("--load", "What runs beside them", "none", "busy");
        Option<int> together = Number("--together", 1, "How many hunts run at a time");
        Option<int> minutes = Number("--minutes", null, "After which no other hunt begins");
        Option<string> only = new("--only") { HelpName = "NAME", Description = "Some of a set, by a part of their names" };
        Option<string> file = new("--out") { HelpName = "FILE.md", Description = "Where the table is kept" };
        Option<string> record = new("--record") { HelpName = "FILE.jsonl", Description = "Where each hunt is kept; a run goes on from what is there" };
        Command command = new("accuracy", "Hunts all targets of a set. Exit code 0 when all that is said of them is right") { set, times, load, together, minutes, only, file, record };
        command.SetAction(line => new AccuracyBench(new AccuracyOptions(
            line.GetValue(set)!,
            line.GetValue(times),
            line.GetValue(load) == "busy",
            line.GetValue(together),
            line.GetValue(minutes) is > 0 and var given ? TimeSpan.FromMinutes(given) : null,
            line.GetValue(only),
            line.GetValue(file),
            line.GetValue(record))).Run());
        return command;
    }

    private static Command Soak()
    {
        Option<int> clean = Number("--null", 10_000, "Checks of operations that leave nothing behind, in all");
        Option<int> leaks = Number("--leaks", 200, "Checks of each operation that leaks");
        Option<string> file = new("--out") { HelpName = "FILE.tsv", Description = "Where the figures are; a run goes on from what is there", DefaultValueFactory = _ => "soak.tsv" };
        Command command = new("soak", "Checks operations that leak and that do not, again and again. Exit code 0 when no answer was wrong") { clean, leaks, file };
        command.SetAction(line => SoakBench.Run(line.GetValue(clean), line.GetValue(leaks), line.GetValue(file)!));
        return command;
    }

    private static Command Collected()
    {
        Option<int> objects = Number("--objects", 100_000, "Live objects beside the one that is checked");
        Option<int> repeat = Number("--repeat", 200, "How many checks pass; a tenth as many fail");
        Command command = new("collected", "How long the check takes whether an object is collected, and what tracking an object costs") { objects, repeat };
        command.SetAction(line => CollectedBench.Run(line.GetValue(objects), line.GetValue(repeat)));
        return command;
    }

    private static Command Guard()
    {
        Option<int> tests = Number("--tests", 2_000, "Tests that are guarded");
        Option<int> repeat = Number("--repeat", 5, "How often everything is measured");
        Command command = new("guard", "What a guard costs each test, in a process with 100 descriptors and 30 threads") { tests, repeat };
        command.SetAction(line => GuardBench.Run(line.GetValue(tests), line.GetValue(repeat)));
        return command;
    }

    private static Command Fuzz()
    {
        Argument<string> file = new("FILE") { Description = "A .limpet or .gcdump file, or a core dump" };
        Option<int> count = Number("--count", 10_000, "How often it is altered and read");
        Option<int> seed = Number("--seed", 1, "The first of as many alterations");
        Option<bool> portable = new("--portable") { Description = "Read the dump as it is read on other systems: through the debugging library's own enumeration" };
        Command command = new("fuzz", "Alters a file and reads it. Exit code 0 when each time an answer or a clear error came") { file, count, seed, portable };
        command.SetAction(line => FuzzBench.Run(line.GetValue(file)!, line.GetValue(count), line.GetValue(seed), line.GetValue(portable)));
        return command;
    }

    private static Command Kill()
    {
        Option<int> times = Number("--times", 200, "How often");
        Option<int> objects = Number("--objects", 300_000, "Live objects in the heap");
        Option<int> seed = Number("--seed", null, "Repeats the moments of a run");
        Command command = new("kill", "Kills a capturing process at random moments. Exit code 0 when the target answers on every time") { times, objects, seed };
        command.SetAction(line => KillBench.Run(line.GetValue(times), line.GetValue(objects), line.GetValue(seed) is > 0 and var given ? given : Random.Shared.Next(1, int.MaxValue)));
        return command;
    }

    /// <summary>The processes that the others start: one measurement each.</summary>
    private static Command Measure()
    {
        Argument<string[]> words = new("WHAT");
        Command command = new("measure") { words };
        command.Hidden = true;
        command.SetAction(line => line.GetValue(words) switch
        {
            ["fuzz", string file, string first, string count] => FuzzWorker.Run(file, isPortable: false, Parse(first), Parse(count)),
            ["fuzz-portable", string file, string first, string count] => FuzzWorker.Run(file, isPortable: true, Parse(first), Parse(count)),
            ["capture", string pid] => CaptureMeasurement.Run(Parse(pid)),
            ["copy", string pid] => CopyMeasurement.Run(Parse(pid)),
            ["clrmd", string pid] => ClrMdMeasurement.OfProcess(Parse(pid), asObjects: false),
            ["clrmd-objects", string pid] => ClrMdMeasurement.OfProcess(Parse(pid), asObjects: true),
            ["day", string pid] => DayMeasurement.Run(Parse(pid)),
            ["clrmd-core", string file] => ClrMdMeasurement.OfCore(file),
            var other => throw new LimpetException($"There is no measurement '{string.Join(' ', other ?? [])}': other commands start it."),
        });
        return command;
    }

    private static Command Worker(string name, Func<int, int> run)
    {
        Argument<int> pid = new("PID");
        Command command = new(name) { pid };
        command.Hidden = true;
        command.SetAction(line => run(line.GetValue(pid)));
        return command;
    }

    /// <summary>A whole number above 0; 0 stands for one that is not given where there is no other.</summary>
    private static Option<int> Number(string name, int? otherwise, string description)
    {
        Option<int> option = new(name) { HelpName = "N", Description = description };
        option.CustomParser = result =>
        {
            if (result.Tokens is [{ Value: var text }] && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value > 0)
            {
                return value;
            }

            result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} needs a whole number above 0, such as: {name} {otherwise ?? 30}"));
            return 0;
        };
        if (otherwise is { } value)
        {
            option.DefaultValueFactory = _ => value;
        }

        return option;
    }

    /// <summary>One of some words, the first one when it is not given.</summary>
    private static Option<string> Word(string name, string description, params string[] allowed)
    {
        Option<string> option = new(name) { HelpName = string.Join('|', allowed), Description = description, DefaultValueFactory = _ => allowed[0] };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && !allowed.Contains(text))
            {
                result.AddError($"{name} is '{text}'. It can be: {string.Join(", ", allowed)}");
            }
        });
        return option;
    }

    /// <summary>What is wrong with a line, and what it could have been.</summary>
    private static string Describe(ParseResult line)
    {
        Command command = line.CommandResult.Command;
        if (line.UnmatchedTokens is not [var word, ..])
        {
            return line.Errors[0].Message;
        }

        return command.Subcommands.Any()
            ? $"{word} is no command of {command.Name}. It has: {string.Join(", ", command.Subcommands.Where(subcommand => !subcommand.Hidden).Select(subcommand => subcommand.Name))}"
            : $"{word} is no option of {command.Name}. It has: {string.Join(", ", command.Options.Select(option => option.Name))}";
    }

    private static int Parse(string number) => int.Parse(number, CultureInfo.InvariantCulture);
}
