using System.Globalization;
using System.Text;
using Limpet.Cli.Hunting.Drivers;
using Limpet.Text;

namespace Limpet.Cli.Hunting;

/// <summary>What a hunt is about to do, in text, before it does it: a hunt file may come from somebody else, and it runs commands.</summary>
internal static class HuntPlanText
{
    public static string Describe(HuntOptions options)
    {
        StringBuilder text = new();
        Line(text, "hunt file", options.File is { } file ? Escaping.Show(file) : null);
        if (options.Pid is { } pid)
        {
            Line(text, "looks at", $"process {pid}, and leaves it running");
        }
        else
        {
            Line(text, "starts", Words(options));
            Line(text, "in", options.WorkingDirectory is { } folder ? Escaping.Show(folder) : null);
            Line(text, "with", options.Environment.IsEmpty ? null : string.Join(' ', options.Environment.Select(pair =>
                Escaping.Show(pair.Key) + "=" + Escaping.Show(options.NoRedact ? pair.Value : Redaction.EnvironmentValue(pair.Value)))));
            Line(text, "process", options.Process is { } process ? Escaping.Show(process) : null);
        }

        Line(text, "ready", Ready(options));
        Line(text, "drives", Drive(options));
        string rounds = options.Rounds is { } stated ? $"{stated} rounds" : options.Quick ? "few rounds (quick)" : "rounds until the verdict stands";
        string operations = options.Operations is { } each ? $" of {each} operations" : "";
        Line(text, "measures", $"{options.Warmup} warm-up rounds, then {rounds}{operations}, within {DurationText.Format(options.Budget)}");
        Line(text, "refuses", $"a capture predicted to stop the target longer than {DurationText.Format(options.MaxStall)}");
        return text.ToString();
    }

    private static string Ready(HuntOptions options)
    {
        string within = $"within {DurationText.Format(options.Ready.Timeout)}";
        string[] signs =
        [
            .. options.Ready.Line is { } line ? [$"its output matches {Escaping.Show(line.Text)}"] : Array.Empty<string>(),
            .. options.Ready.Address is { } address ? [$"{Show(address.OriginalString, options)} answers"] : Array.Empty<string>(),
        ];
        return $"when {(signs.Length == 0 ? "its .NET runtime has started" : string.Join(" and ", signs))}, {within}";
    }

    private static string Drive(HuntOptions options)
    {
        string deadline = $", each within {DurationText.Format(options.Timeout)}";
        string together = options.Concurrency > 1 ? string.Create(CultureInfo.InvariantCulture, $", {options.Concurrency} at a time") : "";
        return options.Driver switch
        {
            DriverOptions.StdinLine line =>
                $"the line \"{Show(line.Text, options)}\" on standard input, answered by "
                + (line.Reply is { } reply ? $"a line that matches {Escaping.Show(reply.Text)}" : "a line of output")
                + (line.Fail is { } fail ? $", failed when one matches {Escaping.Show(fail.Text)}" : "") + deadline,
            DriverOptions.Url url =>
                string.Join(", ", url.Addresses.Select(address => $"{url.Method} {Show(address.OriginalString, options)}"))
                + string.Concat(url.Headers.Select(header => $", {Escaping.Show(header.Key)}: {Escaping.Show(options.NoRedact ? header.Value : Redaction.Header(header.Key, header.Value))}"))
                + (url.Body is { } body ? $", with a body of {body.Length} characters" : "") + together + deadline,
            DriverOptions.Each each => $"the shell command: {Show(each.Command, options)}{together}{deadline}",
            DriverOptions.Idle idle => $"nothing; a round is {DurationText.Format(idle.Stretch)}",
            _ => throw new InvalidOperationException($"Bug in limpet: driver {options.Driver} has no description."),
        };
    }

    private static string Words(HuntOptions options) =>
        string.Join(' ', (options.NoRedact ? options.Command : Redaction.CommandLine(options.Command)).Select(ShellWords.Quote).Select(word => Escaping.Show(word)));

    private static string Show(string text, HuntOptions options) => Escaping.Show(options.NoRedact ? text : Redaction.Text(text));

    private static void Line(StringBuilder text, string what, string? value)
    {
        if (value is not null)
        {
            text.Append("  ").Append(what.PadRight(10)).Append(value).Append('\n');
        }
    }
}
