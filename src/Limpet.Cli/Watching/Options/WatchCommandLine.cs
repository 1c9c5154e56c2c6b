using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Limpet.Cli.Commands;
using Limpet.Cli.Hunting;
using Limpet.Cli.Hunting.Options;
using Limpet.Cli.Watching.Marks;
using Limpet.Results;
using Limpet.Text;

namespace Limpet.Cli.Watching.Options;

/// <summary>The command <c>watch</c>: its options, and how a parsed line becomes <see cref="WatchOptions"/>.</summary>
internal sealed class WatchCommandLine
{
    private const string IntegrationTests = "integration-tests";

    private const string Description = """
        Follows a process tree of any language: memory, descriptors, sockets, threads and children, by phases, against budgets and limits.

        Examples:
          limpet watch -- ./run-tests.sh
          limpet watch --preset integration-tests --mark pytest -- python3 -m pytest -v
          limpet watch --mark "^== (.*)" --max-rss 1GB --max-fds 500 -- sh suite.sh
          limpet watch --pid 4242 --for 2m
        """;

    private readonly Argument<string[]> _words = new("-- CMD…") { Description = "After -- the command to start", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string> _pid = Text("--pid", "N", "The process to watch, with what it starts; it is left running");
    private readonly Option<string> _mark = Text("--mark", "REGEX|PRESET", $"Lines of output that begin a phase, or a runner: {string.Join(", ", MarkPattern.PresetNames)}");
    private readonly Option<string> _markFile = Text("--mark-file", "PATH", "A file or named pipe into which programs write marks; its path is in LIMPET_MARK_FILE of the command");
    private readonly Option<string> _markEvery = Text("--mark-every", "DURATION", "A phase begins whenever this time has passed");
    private readonly Option<string> _preset = Text("--preset", "NAME", $"Budgets under a name: {IntegrationTests} (1 GB, 500 descriptors, 20 MB a phase)");
    private readonly Option<string> _maxRss = Text("--max-rss", "SIZE", "Budget: resident memory of the tree");
    private readonly Option<string> _maxFds = Text("--max-fds", "N", "Budget: descriptors of any one process");
    private readonly Option<string> _maxThreads = Text("--max-threads", "N", "Budget: threads of the tree");
    private readonly Option<string> _maxGrowth = Text("--max-growth-per-phase", "SIZE", "Budget: memory that a phase may take and keep");
    private readonly Option<string> _return = Text("--return-to-baseline", "PERCENT", "Budget: how far the end may be above the start of the first phase, such as 10%");
    private readonly Option<string> _for = Text("--for", "DURATION", "Watch for so long, then leave [to the end]");
    private readonly Option<string> _stall = Text("--stall", "DURATION", "A phase that takes longer is said to stall [60s]");
    private readonly Option<bool> _pass = new("--pass-exit-code") { Description = "End with the exit code of the command, whatever was found" };
    private readonly Option<bool> _noCounters = new("--no-counters") { Description = "Do not ask the runtimes of .NET processes for their counters" };
    private readonly Option<string> _json = Text("--json", "FILE|-", "Write the result as JSON");
    private readonly Option<bool> _quiet = new("--quiet") { Description = "Nothing but the verdict" };
    private readonly Option<bool> _verbose = new("--verbose") { Description = "Time-stamped lines while it runs, all phases and the environment" };
    private readonly Option<bool> _noColor = new("--no-color") { Description = "No colour" };
    private readonly Option<bool> _noRedact = new("--no-redact") { Description = "Leave secrets in reports" };

    public WatchCommandLine() => Command = new Command("watch", Description)
    {
        _words, _pid, _mark, _markFile, _markEvery, _preset, _maxRss, _maxFds, _maxThreads, _maxGrowth, _return, _for, _stall, _pass, _noCounters, _json, _quiet, _verbose, _noColor, _noRedact,
    };

    /// <summary>The command, to be given an action.</summary>
    public Command Command { get; }

    /// <summary>The options that a line states.</summary>
    /// <exception cref="LimpetException">The line is wrong.</exception>
    public WatchOptions Read(ParseResult line)
    {
        TypedLine typed = TypedLine.Read(line, Command);
        ImmutableArray<string> command = typed.Command ?? [];
        string[] words = line.GetValue(_words) ?? [];
        RefuseWords(words.AsSpan(0, words.Length - command.Length));
        if (typed.Command is not null && command.IsEmpty)
        {
            throw new LimpetException("There is no command after --. Give one, such as: limpet watch -- ./run-tests.sh");
        }

        int? pid = line.GetValue(_pid) is { } text ? PidText.Read(text) : null;
        if (pid is null == command.IsEmpty)
        {
            throw new LimpetException(pid is null
                ? "watch has nothing to watch. Give the command to start (`limpet watch -- ./run-tests.sh`) or the process to look at (--pid N)."
                : "--pid and a command after -- are given. Keep one of them.");
        }

        MarkPattern? mark = line.GetValue(_mark) is { } pattern ? MarkPattern.Parse(pattern) : null;
        if (mark is not null && pid is not null)
        {
            throw new LimpetException("--mark looks at output, and that of a process which is already running cannot be read. Start it with limpet (`-- CMD`), or let it write marks into a file (--mark-file).");
        }

        TimeSpan? every = Duration(line, _markEvery);
        string? markFile = line.GetValue(_markFile);
        if (((bool[])[mark is not null, markFile is not null, every is not null]).Count(given => given) > 1)
        {
            throw new LimpetException("--mark, --mark-file and --mark-every each make phases. Keep one of them.");
        }

        return new WatchOptions
        {
            Line = typed,
            Command = command,
            Pid = pid,
            Mark = mark,
            MarkFile = markFile,
            MarkEvery = every,
            Budgets = Budgets(line, mark is not null || markFile is not null || every is not null),
            For = Duration(line, _for),
            Stall = Duration(line, _stall) ?? new WatchOptions().Stall,
            PassExitCode = line.GetValue(_pass),
            NoCounters = line.GetValue(_noCounters),
            Json = line.GetValue(_json),
            Quiet = line.GetValue(_quiet),
            Verbose = line.GetValue(_verbose),
            NoColor = line.GetValue(_noColor),
            NoRedact = line.GetValue(_noRedact),
        };
    }

    private BudgetOptions Budgets(ParseResult line, bool marked)
    {
        BudgetOptions preset = line.GetValue(_preset) switch
        {
            null => new BudgetOptions(),
            IntegrationTests => new BudgetOptions { MaxRss = 1_000_000_000, MaxDescriptors = 500, MaxGrowthPerPhase = marked ? 20_000_000 : null, ExcuseAllocator = true },
            { } other => throw new LimpetException($"--preset is \"{Escaping.Show(other, 60)}\", which is none. There is: {IntegrationTests}."),
        };
        long? growth = Size(line, _maxGrowth);
        double? back = Percent(line);
        if ((growth is not null || back is not null) && !marked)
        {
            throw new LimpetException($"{(growth is not null ? "--max-growth-per-phase" : "--return-to-baseline")} is about phases, and there are no marks to make them. Give --mark, --mark-file or --mark-every.");
        }

        return preset with
        {
            MaxRss = Size(line, _maxRss) ?? preset.MaxRss,
            MaxDescriptors = Number(line, _maxFds) ?? preset.MaxDescriptors,
            MaxThreads = Number(line, _maxThreads) ?? preset.MaxThreads,
            MaxGrowthPerPhase = growth ?? preset.MaxGrowthPerPhase,
            ExcuseAllocator = preset.ExcuseAllocator && growth is null,
            ReturnToBaseline = back ?? preset.ReturnToBaseline,
        };
    }

    private void RefuseWords(ReadOnlySpan<string> words)
    {
        foreach (string word in words)
        {
            string? nearest = word.StartsWith('-') ? NearestName.Of(word, Command.Options.Select(option => option.Name)) : null;
            throw new LimpetException(word.StartsWith('-')
                ? $"{Escaping.Show(word, 60)} is no option of watch. {(nearest is null ? "See limpet watch --help." : $"Did you mean {nearest}?")}"
                : $"\"{Escaping.Show(word, 60)}\" stands before --. The command to start stands behind it: limpet watch … -- {ShellWords.Quote(Escaping.Show(word, 60))} …");
        }
    }

    private static long? Size(ParseResult line, Option<string> option) =>
        line.GetValue(option) is not { } text ? null
        : SizeText.TryParse(text, out long bytes) ? bytes
        : throw Wrong(option, text, $"a size above zero: {SizeText.Forms}");

    private static long? Number(ParseResult line, Option<string> option) =>
        line.GetValue(option) is not { } text ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number > 0 ? number
        : throw Wrong(option, text, "a whole number above zero");

    private static TimeSpan? Duration(ParseResult line, Option<string> option) =>
        line.GetValue(option) is not { } text ? null
        : DurationText.TryParse(text, out TimeSpan duration) ? duration
        : throw Wrong(option, text, DurationText.Expected(orZero: false));

    private double? Percent(ParseResult line) =>
        line.GetValue(_return) is not { } text ? null
        : text.EndsWith('%') && double.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double percent) && percent is >= 0 and <= 1000 ? percent / 100
        : throw Wrong(_return, text, "a share such as 10%");

    private static LimpetException Wrong(Option<string> option, string text, string expected) => new($"{option.Name} is \"{Escaping.Show(text, 60)}\", and must be {expected}.");

    private static Option<string> Text(string name, string value, string description) => new(name) { HelpName = value, Description = description };
}
