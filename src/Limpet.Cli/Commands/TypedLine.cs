using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text;
using Limpet.Cli.Hunting;
using Limpet.Reporting.Text;
using Limpet.Text;

namespace Limpet.Cli.Commands;

/// <summary>
/// A command line as it was typed, so that the next one can be named: the same with what is to change. It is quoted for a shell.
/// </summary>
internal sealed class TypedLine
{
    private readonly string _verb;
    private readonly ImmutableArray<(string? Option, string? Value)> _words;
    private readonly ImmutableArray<string>? _command;
    private readonly Func<string?, string, string> _redact;

    /// <param name="verb">The command of limpet.</param>
    /// <param name="words">Options with their values (null for a flag), and what stands alone, which has no option.</param>
    /// <param name="command">The command after the dashes; null without dashes.</param>
    /// <param name="redact">Takes secrets out of a value, by the option that it belongs to; null for what is done to any text.</param>
    public TypedLine(string verb, ImmutableArray<(string? Option, string? Value)> words, ImmutableArray<string>? command, Func<string?, string, string>? redact = null)
    {
        (_verb, _words, _command) = (verb, words, command);
        _redact = redact ?? ((_, value) => Redaction.Text(value));
    }

    /// <summary>What was typed.</summary>
    /// <param name="line">The parsed line.</param>
    /// <param name="command">The command of limpet that it is for.</param>
    /// <param name="redact">Takes secrets out of a value, by the option that it belongs to; null for what is done to any text.</param>
    public static TypedLine Read(ParseResult line, Command command, Func<string?, string, string>? redact = null)
    {
        int dashes = line.Tokens.ToList().FindIndex(token => token.Type == TokenType.DoubleDash);
        return new TypedLine(command.Name, Words(line, command), dashes < 0 ? null : [.. line.Tokens.Skip(dashes + 1).Select(token => token.Value)], redact);
    }

    /// <summary>The command after the dashes; null without dashes.</summary>
    public ImmutableArray<string>? Command => _command;

    /// <summary>Whether an option is stated.</summary>
    public bool Has(string option) => _words.Any(word => word.Option == option);

    /// <summary>The line with an option, which replaces the same one.</summary>
    public TypedLine With(string option, string? value = null) => new(_verb, [.. _words.Where(word => word.Option != option), (option, value)], _command, _redact);

    /// <summary>The line with another command after the dashes.</summary>
    public TypedLine WithCommand(ImmutableArray<string> command) => new(_verb, _words, command, _redact);

    /// <summary>The line to be typed; a file that it is about comes first.</summary>
    /// <param name="redact">Whether secrets are taken out. Then they have to be put in again before it works.</param>
    public string Show(bool redact)
    {
        StringBuilder line = new($"limpet {_verb}");
        foreach ((string? option, string? value) in _words.OrderBy(word => word.Option is not null))
        {
            string? shown = value is null ? null : redact ? _redact(option, value) : value;
            line.Append(' ').Append((option, shown) switch
            {
                (_, null) => option,
                (null, _) => ShellWords.Typed(shown),
                _ when shown.StartsWith('-') => ShellWords.Typed($"{option}={shown}"), // or it would be taken for an option
                _ => $"{option} {ShellWords.Typed(shown)}",
            });
        }

        if (_command is { } command)
        {
            line.Append(" -- ").AppendJoin(' ', (redact ? Redaction.CommandLine(command) : command).Select(ShellWords.Typed));
        }

        return line.ToString();
    }

    /// <summary>The line as the command to run next.</summary>
    /// <param name="note">Why, or what to change in it; null for nothing.</param>
    /// <param name="redact">Whether secrets are taken out; the note says so.</param>
    public NextCommand Next(string? note, bool redact)
    {
        string shown = Show(redact);
        string? secrets = shown == Show(redact: false) ? null : $"{Redaction.Mark} stands for what is not shown";
        return new NextCommand(shown, string.Join("; ", ((string?[])[note, secrets]).OfType<string>()));
    }

    /// <summary>The words before the dashes, each option with its value.</summary>
    private static ImmutableArray<(string? Option, string? Value)> Words(ParseResult line, Command command)
    {
        ImmutableArray<(string? Option, string? Value)>.Builder words = ImmutableArray.CreateBuilder<(string?, string?)>();
        string? option = null;
        foreach (Token token in line.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash))
        {
            switch (token.Type)
            {
                case TokenType.Option:
                    AddFlag();
                    option = token.Value;
                    break;
                case TokenType.Argument:
                    if (option is not null && IsFlag(option) && !bool.TryParse(token.Value, out _))
                    {
                        AddFlag(); // what follows a flag stands alone
                        option = null;
                    }

                    words.Add((option, token.Value));
                    option = null;
                    break;
            }
        }

        AddFlag();
        return words.ToImmutable();

        bool IsFlag(string name) => command.Options.Any(known => known.Name == name && known.ValueType == typeof(bool));

        void AddFlag()
        {
            if (option is not null)
            {
                words.Add((option, null));
            }
        }
    }
}
