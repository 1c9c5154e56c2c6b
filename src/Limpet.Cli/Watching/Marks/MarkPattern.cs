using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Limpet.Results;
using Limpet.Text;

namespace Limpet.Cli.Watching.Marks;

/// <summary>What marks look like in the output of a program: a preset for a test runner, or the user's own pattern.</summary>
/// <param name="Text">The preset's name or the pattern.</param>
/// <param name="Rules">The forms; the first that fits a line is taken.</param>
internal sealed record MarkPattern(string Text, ImmutableArray<MarkRule> Rules)
{
    /// <summary>Variables that make the program write its lines when they happen, and not when a buffer is full. What it writes stays the same.</summary>
    public ImmutableSortedDictionary<string, string> Environment { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>How late its marks may come: a runner that hands its results through other processes goes on before they are printed.</summary>
    public TimeSpan Lag { get; init; }

    private static readonly TimeSpan Handed = TimeSpan.FromMilliseconds(75);

    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    /// <summary>The names of the presets.</summary>
    public static ImmutableArray<string> PresetNames { get; } = ["dotnet-test", "go-test", "junit-names", "node-test", "pytest"];

    /// <summary>Made when they are asked for: patterns that run without backtracking are dear to build.</summary>
    private static readonly Lazy<ImmutableSortedDictionary<string, MarkPattern>> Presets = new(() => new MarkPattern[]
    {
        new("pytest",
        [
            // The name is written before the test runs, the outcome after it and before its fixtures are torn down.
            Rule(@"^(?<begun>\S*\.py::.*\S) $", MarkKind.Begin, unfinished: true),
            Rule(@"^(?<ended>\S*\.py::.*?\S) (?:PASSED|FAILED|ERROR|SKIPPED|XFAIL|XPASS)\b", MarkKind.End),
            Rule(@"^\[(?<source>gw\d+)\] .*?(?:PASSED|FAILED|ERROR|SKIPPED|XFAIL|XPASS) (?<ended>\S+::.+)$", MarkKind.End),
            Rule(@"^(?:collecting .*)?collected \d+ items?", MarkKind.Close),
            Rule(@"^=+ (?:FAILURES|ERRORS|warnings summary.*|short test summary info|.*\b(?:passed|failed|errors?|skipped|deselected|xfailed|xpassed|no tests ran)\b.* in [\d.:]+s?.*) =+$", MarkKind.Close),
        ])
        {
            // Without it the summary is written when the interpreter is half gone.
            Environment = ImmutableSortedDictionary<string, string>.Empty.Add("PYTHONUNBUFFERED", "1"),
        },
        new("dotnet-test",
        [
            // Microsoft.Testing.Platform with --output Detailed, and VSTest with --logger "console;verbosity=normal".
            Rule(@"^\s*(?:passed|failed|skipped) (?<ended>\S.*?)(?: \((?<took>[\dhms. ]+)\))?$", MarkKind.End),
            Rule(@"^\s+(?:Passed|Failed|Skipped) (?<ended>\S.*?)(?: \[(?<took>[<\dhms. ]+)\])?$", MarkKind.End),
            Rule(@"^  from (\S.*\.(?:dll|exe)) \(", MarkKind.Source),
            Rule(@"^(?:Test run summary:|Test Run (?:Successful|Failed)|Total tests:)", MarkKind.Close),
        ])
        {
            Lag = Handed,
        },
        new("go-test",
        [
            Rule(@"^=== RUN\s+(?<begun>\S.*)$", MarkKind.Begin),
            Rule(@"^--- (?:PASS|FAIL|SKIP): (?<ended>\S+)(?: \((?<took>[\d.]+s)\))?", MarkKind.End),
            Rule(@"^(?:PASS|FAIL|ok\s.*|FAIL\s.*)$", MarkKind.Close),
        ]),
        new("node-test",
        [
            Rule(@"^\s*(?:not )?ok \d+ - (?<ended>.+?)(?: # (?:SKIP|T[O]DO).*)?$", MarkKind.End),
            Rule(@"^\s*[✔✖﹣] (?<ended>\S.*?)(?: \([\d.]+ms\))?$", MarkKind.End),
            Rule(@"^(?:# tests \d+|ℹ tests \d+|1\.\.\d+)$", MarkKind.Close),
        ])
        {
            Lag = Handed,
        },
        new("junit-names",
        [
            // Gradle, the console launcher of JUnit, and the classes that Surefire names.
            Rule(@"^(?<ended>\S+(?: > .+?)+) (?:PASSED|FAILED|SKIPPED)$", MarkKind.End),
            Rule(@"^[│├└─'|+ \-]+ (?<ended>\S.*?) (?:✔|✘|↷|\[OK\]|\[X\]|\[S\])", MarkKind.End),
            Rule(@"^(?:\[INFO\] )?Running (?<begun>[\w.$]+)$", MarkKind.Begin),
            Rule(@"^(?:\[\w+\] )?Tests run: \d+,.* (?:- in|-- in) (?<ended>[\w.$]+)$", MarkKind.End),
            Rule(@"^(?:\[\w+\] )?Results:?$|^Test run finished after|^BUILD (?:SUCCESSFUL|FAILED)", MarkKind.Close),
        ])
        {
            Lag = Handed,
        },
    }.ToImmutableSortedDictionary(pattern => pattern.Text, pattern => pattern, StringComparer.Ordinal));

    /// <summary>Reads the name of a preset or a regular expression.</summary>
    /// <exception cref="LimpetException">It is none.</exception>
    public static MarkPattern Parse(string text)
    {
        if (PresetNames.Contains(text))
        {
            return Presets.Value[text];
        }

        if (text.Length == 0)
        {
            throw new LimpetException($"--mark is empty. Give a regular expression, or one of {string.Join(", ", PresetNames)}.");
        }

        try
        {
            // The lines are the target's: a pattern that backtracks could be kept busy by one of them.
            return new MarkPattern(text, [new MarkRule(new Regex(text, Linear), MarkKind.Begin)]);
        }
        catch (NotSupportedException)
        {
            return new MarkPattern(text, [new MarkRule(new Regex(text, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)), MarkKind.Begin)]);
        }
        catch (ArgumentException exception)
        {
            throw new LimpetException($"--mark is \"{Escaping.Show(text, 120)}\", which is no regular expression: {exception.Message} Write one like \"^== (.*)\", or one of {string.Join(", ", PresetNames)}.");
        }
    }

    /// <summary>The mark in a line of output; null when there is none.</summary>
    /// <param name="line">The line, without its end.</param>
    /// <param name="finished">Whether its end was seen.</param>
    public Mark? Find(string line, bool finished)
    {
        foreach (MarkRule rule in Rules)
        {
            if (rule.Unfinished != finished && rule.Find(line) is { } mark)
            {
                return mark;
            }
        }

        return null;
    }

    /// <summary>Whether there is anything to be found in lines that have not ended.</summary>
    public bool LooksAtUnfinished => Rules.Any(rule => rule.Unfinished);

    private static MarkRule Rule(string pattern, MarkKind kind, bool unfinished = false) => new(new Regex(pattern, Linear), kind, unfinished);
}
