using System.Collections.Immutable;
using System.Text;
using Limpet.Cli.Hunting.Options;
using Limpet.Text;

namespace Limpet.Cli.Hunting;

/// <summary>
/// A command line of hunt as it was typed, so that the next one can be named: the same with an option more. It is quoted for a shell.
/// </summary>
internal sealed class HuntLine
{
    private readonly ImmutableArray<(string? Option, string? Value)> _words;
    private readonly ImmutableArray<string>? _command;

    /// <param name="words">Options with their values (null for a flag), and what stands alone, which has no option.</param>
    /// <param name="command">The command after the dashes; null without dashes.</param>
    public HuntLine(ImmutableArray<(string? Option, string? Value)> words, ImmutableArray<string>? command)
    {
        _words = words;
        _command = command;
    }

    /// <summary>The line with an option, which replaces the same one.</summary>
    public HuntLine With(string option, string? value = null) =>
        new([.. _words.Where(word => word.Option != option), (option, value)], _command);

    /// <summary>The line to be typed; a hunt file comes first.</summary>
    /// <param name="redact">Whether secrets are taken out. Then they have to be put in again before it works.</param>
    public string Show(bool redact)
    {
        StringBuilder line = new("limpet hunt");
        foreach ((string? option, string? value) in _words.OrderBy(word => word.Option is not null))
        {
            string? shown = value is null ? null : redact ? Redact(option, value) : value;
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

    private static string Redact(string? option, string value)
    {
        int sign = value.AsSpan().IndexOfAny('=', ':');
        return option is null || sign < 0 ? Redaction.Text(value)
            : option == HuntWord.Find(HuntWord.Environment)!.Option ? value[..(sign + 1)] + Redaction.EnvironmentValue(value[(sign + 1)..])
            : option == HuntWord.Find(HuntWord.Headers)!.Option ? $"{value[..sign]}: {Redaction.Header(value[..sign].Trim(), value[(sign + 1)..].Trim())}"
            : Redaction.Text(value);
    }
}
