using System.Collections.Immutable;
using Limpet.Cli.Hunting.Drivers;
using Limpet.Results;
using Limpet.Verdicts;

namespace Limpet.Cli.Hunting.Options;

/// <summary>The words of a hunt as they were stated in a file and on the command line, before they are checked against each other.</summary>
internal sealed class HuntDraft
{
    private const int MostConcurrency = 1024;

    /// <summary>Growth of fewer rounds of twice the length is not compared.</summary>
    private const int FewestDoseRounds = 2;

    private readonly Dictionary<string, StatedWord> _words = new(StringComparer.Ordinal);

    /// <summary>The hunt file; null without one.</summary>
    public string? File { get; init; }

    /// <summary>Where an error about a missing word points: the file, or the command.</summary>
    private string Subject => File is null ? "This hunt" : Path.GetFileName(File);

    public IReadOnlyDictionary<string, StatedWord> Words => _words;

    /// <summary>States a word. The command line is stated after the file, and wins.</summary>
    public void State(string key, object value, string where) => _words[key] = new StatedWord(value, where);

    /// <summary>The options, when the words go together.</summary>
    /// <exception cref="LimpetException">They do not; the message points at the word.</exception>
    public HuntOptions Build()
    {
        bool attaches = CheckTarget();
        DriverOptions driver = Driver(attaches);
        HuntOptions defaults = new() { Driver = driver };
        HuntOptions options = defaults with
        {
            File = File,
            WorkingDirectory = File is null ? null : Path.GetDirectoryName(Path.GetFullPath(File)),
            Command = Get<ImmutableArray<string>?>(HuntWord.Command) ?? [],
            Pid = Number(HuntWord.Pid, 1, int.MaxValue),
            Ready = new ReadinessOptions(
                Pattern(HuntWord.ReadyLine),
                _words.TryGetValue(HuntWord.ReadyUrl, out StatedWord? ready) ? Address((string)ready.Value, ready) : null,
                Get<TimeSpan?>(HuntWord.ReadyTimeout) ?? ReadinessOptions.DefaultTimeout),
            Budget = Get<TimeSpan?>(HuntWord.Budget) ?? defaults.Budget,
            Rounds = Number(HuntWord.Rounds, 1, 10_000),
            Operations = Number(HuntWord.Operations, 1, 100_000_000),
            Warmup = Number(HuntWord.Warmup, 0, 1_000) ?? defaults.Warmup,
            Timeout = Get<TimeSpan?>(HuntWord.Timeout) ?? defaults.Timeout,
            Concurrency = Number(HuntWord.Concurrency, 1, MostConcurrency) ?? defaults.Concurrency,
            Process = Get<string?>(HuntWord.Process),
            Quick = Get<bool?>(HuntWord.Quick) ?? false,
            MaxStall = Get<TimeSpan?>(HuntWord.MaxStall) ?? defaults.MaxStall,
            Environment = (Get<ImmutableArray<KeyValuePair<string, string>>?>(HuntWord.Environment) ?? [])
                .ToImmutableSortedDictionary(StringComparer.Ordinal),
        };
        CheckBudget(options);
        return options;
    }

    /// <summary>Rounds of a given length that cannot be had within the budget would decide nothing, however long they were waited for.</summary>
    private void CheckBudget(HuntOptions options)
    {
        if (options.Driver is not DriverOptions.Idle { Stretch: var stretch })
        {
            return;
        }

        PlanOptions plan = new() { Verdict = options.Quick ? VerdictOptions.Quick : VerdictOptions.Default, Rounds = options.Rounds };
        int rounds = options.Warmup + Math.Min(plan.BaseRounds, plan.Verdict.WindowRounds);
        TimeSpan least = (rounds + (2 * FewestDoseRounds)) * stretch;
        if (options.Budget < least)
        {
            throw new LimpetException($"{_words[HuntWord.Idle].Where}: {rounds} rounds of {DurationText.Format(stretch)} and {FewestDoseRounds} twice as long are the fewest that tell growth, and take {DurationText.Format(least)} where the budget is {DurationText.Format(options.Budget)}. Give a longer --budget, or shorter rounds.");
        }
    }

    private bool CheckTarget()
    {
        bool attaches = _words.TryGetValue(HuntWord.Pid, out StatedWord? pid);
        bool starts = _words.TryGetValue(HuntWord.Command, out StatedWord? command);
        if (attaches && starts)
        {
            throw new LimpetException($"{pid!.Where} and {command!.Where} are both given: a hunt has one target. Keep one of them.");
        }

        if (!attaches && !starts)
        {
            throw new LimpetException($"{Subject} has no target. Give the command to start (`-- dotnet run`; \"command\" in a file) or the process to look at (--pid N; \"pid\" in a file).");
        }

        if (starts && ((ImmutableArray<string>)command!.Value).IsEmpty)
        {
            throw new LimpetException($"{command.Where} is empty. Give the command to start, word by word.");
        }

        if (attaches)
        {
            Refuse("works only with a command that limpet starts, and a process id is given. Start the command with limpet (`-- CMD`), or leave it out", HuntWord.ReadyLine, HuntWord.Environment, HuntWord.Process);
        }

        return attaches;
    }

    private DriverOptions Driver(bool attaches)
    {
        StatedWord[] drivers = [.. HuntWord.Drivers.Select(_words.GetValueOrDefault).OfType<StatedWord>()];
        if (drivers.Length != 1)
        {
            throw new LimpetException(drivers.Length == 0
                ? $"{Subject} has no driver, so nothing would be exercised. Give one of --stdin-line, --url, --each, --idle (stdinLine, url, each, idle in a file)."
                : $"{drivers[1].Where}: a hunt has one driver, and {drivers[0].Where} is given as well. Keep one of them.");
        }

        if (!_words.ContainsKey(HuntWord.StdinLine))
        {
            Refuse("belongs to the driver stdinLine, which is not given. Leave it out, or drive by stdinLine", HuntWord.ReplyLine, HuntWord.FailLine);
        }

        if (!_words.ContainsKey(HuntWord.Url))
        {
            Refuse("belongs to the driver url, which is not given. Leave it out, or drive by url", HuntWord.Method, HuntWord.Body, HuntWord.Headers);
        }

        if (_words.TryGetValue(HuntWord.StdinLine, out StatedWord? line))
        {
            if (attaches)
            {
                throw new LimpetException($"{line.Where}: the standard input of a process that is already running cannot be written to. Start it with limpet (`-- CMD`), or drive it by --url or --each.");
            }

            string text = (string)line.Value;
            if (text.AsSpan().ContainsAny('\n', '\r'))
            {
                throw new LimpetException($"{line.Where} has a line break; an operation is one line. Drive several lines by --each.");
            }

            RefuseConcurrency("a target reads one line after the other");
            return new DriverOptions.StdinLine(text, Pattern(HuntWord.ReplyLine), Pattern(HuntWord.FailLine));
        }

        if (_words.TryGetValue(HuntWord.Url, out StatedWord? url))
        {
            return Url(url);
        }

        if (_words.TryGetValue(HuntWord.Idle, out StatedWord? idle))
        {
            RefuseConcurrency("nothing is driven");
            return new DriverOptions.Idle((TimeSpan)idle.Value);
        }

        StatedWord each = _words[HuntWord.Each];
        return string.IsNullOrWhiteSpace((string)each.Value)
            ? throw new LimpetException($"{each.Where} is empty. Give the shell command that is one operation.")
            : new DriverOptions.Each((string)each.Value);
    }

    private DriverOptions.Url Url(StatedWord url)
    {
        ImmutableArray<string> addresses = (ImmutableArray<string>)url.Value;
        if (addresses.IsEmpty)
        {
            throw new LimpetException($"{url.Where} is empty. Give at least one address, such as http://localhost:5000/orders.");
        }

        string method = Get<string?>(HuntWord.Method) ?? "GET";
        if (method.Length == 0 || !method.All(char.IsAsciiLetter))
        {
            throw new LimpetException($"{_words[HuntWord.Method].Where} is \"{Text.Escaping.Show(method, 40)}\", which is no HTTP method. Write GET, POST, PUT, DELETE or another.");
        }

        return new DriverOptions.Url([.. addresses.Select(address => Address(address, url))])
        {
            Method = method.ToUpperInvariant(),
            Body = Get<string?>(HuntWord.Body),
            Headers = Get<ImmutableArray<KeyValuePair<string, string>>?>(HuntWord.Headers) ?? [],
        };
    }

    private void RefuseConcurrency(string reason)
    {
        if (_words.TryGetValue(HuntWord.Concurrency, out StatedWord? concurrency) && (long)concurrency.Value != 1)
        {
            throw new LimpetException($"{concurrency.Where} is {concurrency.Value}, and with this driver {reason}. Leave it out.");
        }
    }

    private void Refuse(string because, params ReadOnlySpan<string> keys)
    {
        foreach (string key in keys)
        {
            if (_words.TryGetValue(key, out StatedWord? word))
            {
                throw new LimpetException($"{word.Where} {because}.");
            }
        }
    }

    private static Uri Address(string text, StatedWord word) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            ? address
            : throw new LimpetException($"{word.Where} is \"{Text.Escaping.Show(text, 120)}\", which is no http or https address. Write one like http://localhost:5000/orders.");

    private LinePattern? Pattern(string key) =>
        !_words.TryGetValue(key, out StatedWord? word) ? null
        : LinePattern.TryParse((string)word.Value, out LinePattern? pattern, out string? error) ? pattern
        : throw new LimpetException($"{word.Where} is \"{Text.Escaping.Show((string)word.Value, 120)}\", which is no regular expression: {error} Write one like \"^done\".");

    private int? Number(string key, long smallest, long largest) =>
        !_words.TryGetValue(key, out StatedWord? word) ? null
        : (long)word.Value >= smallest && (long)word.Value <= largest ? (int)(long)word.Value
        : throw new LimpetException($"{word.Where} is {word.Value}, and must be between {smallest} and {largest}.");

    private T? Get<T>(string key) => _words.TryGetValue(key, out StatedWord? word) ? (T)word.Value : default;
}
