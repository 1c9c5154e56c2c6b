using System.Collections.Immutable;

namespace Limpet.Cli.Hunting.Options;

/// <summary>One word of a hunt: the same in a hunt file (camelCase) and on the command line (kebab-case).</summary>
/// <param name="Key">Its key in a hunt file.</param>
/// <param name="Kind">What its value is.</param>
/// <param name="Value">What the value is called in help.</param>
/// <param name="Description">What it does.</param>
internal sealed record HuntWord(string Key, WordKind Kind, string Value, string Description)
{
    public const string Command = "command", Pid = "pid", StdinLine = "stdinLine", ReplyLine = "replyLine", FailLine = "failLine", Url = "url", Method = "method",
        Body = "body", Headers = "headers", Concurrency = "concurrency", Each = "each", Idle = "idle", ReadyLine = "readyLine",
        ReadyUrl = "readyUrl", ReadyTimeout = "readyTimeout", Budget = "budget", Rounds = "rounds", Operations = "operations",
        Warmup = "warmup", Timeout = "timeout", Process = "process", Quick = "quick", MaxStall = "maxStall", Environment = "environment";

    /// <summary>All words, in the order of the help.</summary>
    public static ImmutableArray<HuntWord> All { get; } =
    [
        new(Command, WordKind.Words, "CMD", "The command to start, word by word; no shell. On the command line: everything after --"),
        new(Pid, WordKind.Number, "N", "The process to look at; it is left running"),
        new(StdinLine, WordKind.Text, "TEXT", "Driver: an operation writes this line to the target's standard input and waits for a line of output"),
        new(ReplyLine, WordKind.Text, "REGEX", "Which line of output answers the line"),
        new(FailLine, WordKind.Text, "REGEX", "Which line of output says that the operation failed"),
        new(Url, WordKind.Texts, "URL", "Driver: an operation requests this address and reads the body to its end; repeatable, taken in turn"),
        new(Method, WordKind.Text, "NAME", "HTTP method [GET]"),
        new(Body, WordKind.Text, "TEXT", "Body of the request"),
        new(Headers, WordKind.Map, "NAME:VALUE", "Header of the request; repeatable"),
        new(Each, WordKind.Text, "COMMAND", "Driver: an operation runs this shell command; exit code 0 is success"),
        new(Idle, WordKind.Duration, "DURATION", "Driver: nothing is driven; a round is a stretch of time"),
        new(Concurrency, WordKind.Number, "N", "Operations at the same time [1]"),
        new(ReadyLine, WordKind.Text, "REGEX", "The target is ready when a line of its output matches"),
        new(ReadyUrl, WordKind.Text, "URL", "The target is ready when this address answers with success"),
        new(ReadyTimeout, WordKind.Duration, "DURATION", "How long to wait for readiness [60s]"),
        new(Budget, WordKind.Duration, "DURATION", "How long the hunt may take [45s]"),
        new(Rounds, WordKind.Number, "N", "Measured rounds [as many as the verdict needs]"),
        new(Operations, WordKind.Number, "N", "Operations a round [by how long one takes]"),
        new(Warmup, WordKind.Number, "N", "Rounds before the measured ones [2]"),
        new(Timeout, WordKind.Duration, "DURATION", "Deadline of one operation [30s]"),
        new(Process, WordKind.Text, "NAME", "Which process of the started tree is meant"),
        new(Quick, WordKind.Flag, "", "Fewer rounds, for a first look"),
        new(MaxStall, WordKind.Duration, "DURATION", "Refuse a capture predicted to stop the target longer; 0ms: predict only [2s]"),
        new(Environment, WordKind.Map, "NAME=VALUE", "Variable added to the environment of the started command; repeatable"),
    ];

    /// <summary>The drivers: exactly one of them is given.</summary>
    public static ImmutableArray<string> Drivers { get; } = [StdinLine, Url, Each, Idle];

    /// <summary>The option of the command line; a repeatable one is in the singular there.</summary>
    public string Option => Key == Headers ? "--header" : "--" + string.Concat(Key.Select(c => char.IsAsciiLetterUpper(c) ? "-" + char.ToLowerInvariant(c) : c.ToString()));

    /// <summary>Whether its duration may be zero. A stop of no time is one that no capture keeps to, so that only the prediction is made; any other duration of zero is a slip.</summary>
    public bool MayBeZero => Key == MaxStall;

    /// <summary>The word with a key; null when there is none.</summary>
    public static HuntWord? Find(string key) => All.FirstOrDefault(word => word.Key == key);
}
