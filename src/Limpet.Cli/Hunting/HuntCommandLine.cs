using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Limpet.Cli.Commands;
using Limpet.Cli.Hunting.Options;
using Limpet.Results;
using Limpet.Text;

namespace Limpet.Cli.Hunting;

/// <summary>The command <c>hunt</c>: its options, and how a parsed line becomes <see cref="HuntOptions"/>.</summary>
internal sealed class HuntCommandLine
{
    private const string Description = """
        Drives operations in rounds against an unmodified .NET program and says whether it leaks, what grows and what holds it.

        Examples:
          limpet hunt hunt.json
          limpet hunt --url http://localhost:5000/orders --ready-url http://localhost:5000/ -- dotnet run -c Release --project src/Shop
          limpet hunt --stdin-line "import" --reply-line "^done" --fail-line "^error" -- ./importer
          limpet hunt --each "curl -sf http://localhost:5000/orders" --pid 4242
          limpet hunt --idle 5s --budget 2m --pid 4242
        """;

    private readonly Argument<string[]> _words = new("FILE | -- CMD…")
    {
        Description = "A hunt file, or after -- the command to start",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Dictionary<string, Option> _options = [];
    private readonly Option<string> _json = new("--json") { HelpName = "FILE|-", Description = "Write the result as JSON" };
    private readonly Option<bool> _quiet = new("--quiet") { Description = "Nothing but the verdict" };
    private readonly Option<bool> _verbose = new("--verbose") { Description = "Time-stamped lines and the output of the target" };
    private readonly Option<bool> _noColor = new("--no-color") { Description = "No colour" };
    private readonly Option<bool> _noRedact = new("--no-redact") { Description = "Leave secrets in reports" };

    public HuntCommandLine()
    {
        Command = new Command("hunt", Description) { _words };
        foreach (HuntWord word in HuntWord.All.Where(word => word.Key != HuntWord.Command))
        {
            Option option = word.Kind switch
            {
                WordKind.Flag => new Option<bool>(word.Option),
                WordKind.Texts or WordKind.Map => new Option<string[]>(word.Option),
                _ => new Option<string>(word.Option),
            };
            option.Description = word.Description;
            option.HelpName = word.Kind == WordKind.Flag ? null : word.Value;
            _options.Add(word.Key, option);
            Command.Add(option);
        }

        foreach (Option option in (ReadOnlySpan<Option>)[_json, _quiet, _verbose, _noColor, _noRedact])
        {
            Command.Add(option);
        }
    }

    /// <summary>The command, to be given an action.</summary>
    public Command Command { get; }

    /// <summary>The options that a line states.</summary>
    /// <exception cref="LimpetException">The line, or the hunt file that it names, is wrong.</exception>
    public HuntOptions Read(ParseResult line)
    {
        if (line.Errors.Count > 0)
        {
            throw new LimpetException($"{Escaping.Show(line.Errors[0].Message)} See limpet hunt --help.");
        }

        TypedLine typed = TypedLine.Read(line, Command, Redact);
        ImmutableArray<string> command = typed.Command ?? [];
        string[] words = line.GetValue(_words) ?? [];
        string? file = FileOf(words.AsSpan(0, words.Length - command.Length));

        HuntDraft draft = file is null ? new HuntDraft() : HuntFile.Read(file);
        if (typed.Command is not null)
        {
            draft.State(HuntWord.Command, command, "The command after --");
        }

        foreach ((string key, Option option) in _options)
        {
            if (line.GetResult(option) is { Implicit: false })
            {
                HuntWord word = HuntWord.Find(key)!;
                draft.State(key, Value(line, word, option), word.Option);
            }
        }

        return draft.Build() with
        {
            Line = typed,
            Json = line.GetValue(_json),
            Quiet = line.GetValue(_quiet),
            Verbose = line.GetValue(_verbose),
            NoColor = line.GetValue(_noColor),
            NoRedact = line.GetValue(_noRedact),
        };
    }

    private static string Redact(string? option, string value)
    {
        int sign = value.AsSpan().IndexOfAny('=', ':');
        return option is null || sign < 0 ? Redaction.Text(value)
            : option == HuntWord.Find(HuntWord.Environment)!.Option ? value[..(sign + 1)] + Redaction.EnvironmentValue(value[(sign + 1)..])
            : option == HuntWord.Find(HuntWord.Headers)!.Option ? $"{value[..sign]}: {Redaction.Header(value[..sign].Trim(), value[(sign + 1)..].Trim())}"
            : Redaction.Text(value);
    }

    private string? FileOf(ReadOnlySpan<string> words)
    {
        foreach (string word in words)
        {
            if (word.StartsWith('-'))
            {
                string? nearest = NearestName.Of(word, Command.Options.Select(option => option.Name));
                throw new LimpetException($"{Escaping.Show(word, 60)} is no option of hunt. {(nearest is null ? "See limpet hunt --help." : $"Did you mean {nearest}?")}");
            }
        }

        return words.Length switch
        {
            0 => null,
            1 => words[0],
            _ => throw new LimpetException($"\"{Escaping.Show(words[1], 60)}\" is one word too many: hunt takes one hunt file. A command to start stands after --: limpet hunt … -- {ShellWords.Quote(Escaping.Show(words[0], 60))} …"),
        };
    }

    private static object Value(ParseResult line, HuntWord word, Option option)
    {
        switch (word.Kind)
        {
            case WordKind.Flag:
                return line.GetValue((Option<bool>)option);
            case WordKind.Texts:
                return line.GetValue((Option<string[]>)option)!.ToImmutableArray();
            case WordKind.Map:
                char sign = word.Value.Contains('=', StringComparison.Ordinal) ? '=' : ':';
                return line.GetValue((Option<string[]>)option)!.Select(text => Pair(text, word, sign)).ToImmutableArray();
        }

        string value = line.GetValue((Option<string>)option)!;
        return word.Kind switch
        {
            WordKind.Number => long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
                ? number
                : throw Wrong("a whole number"),
            WordKind.Duration => DurationText.TryParse(value, out TimeSpan duration, word.MayBeZero) ? duration : throw Wrong(DurationText.Expected(word.MayBeZero)),
            _ => value,
        };

        LimpetException Wrong(string expected) => new($"{word.Option} is \"{Escaping.Show(value, 60)}\", and must be {expected}.");
    }

    private static KeyValuePair<string, string> Pair(string text, HuntWord word, char sign)
    {
        int at = text.IndexOf(sign, StringComparison.Ordinal);
        return at > 0
            ? new(text[..at].Trim(), text[(at + 1)..].Trim())
            : throw new LimpetException($"{word.Option} is \"{Escaping.Show(Redaction.Text(text), 60)}\", and must be {word.Value}.");
    }
}
