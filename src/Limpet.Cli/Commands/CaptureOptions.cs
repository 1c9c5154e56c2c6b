using System.CommandLine;
using Limpet.Results;
using Limpet.Text;

namespace Limpet.Cli.Commands;

/// <summary>The options of a command that may capture a running process: <c>--max-stall</c> and <c>--way</c>.</summary>
internal sealed class CaptureOptions
{
    private readonly StallLimit limit;
    private readonly Option<string> way = new("--way")
    {
        HelpName = "live|dump|eventpipe",
        Description = "How to capture a process: its memory, a dump by its runtime, events of its runtime; unless told, the first one that the system allows",
    };

    public CaptureOptions(Command command)
    {
        limit = new StallLimit(command);
        command.Add(way);
    }

    /// <exception cref="LimpetException">A value is none of those that are allowed.</exception>
    public CaptureRequest Read(ParseResult line) => new(limit.Read(line), line.GetValue(way) is { } word ? Parse(word) : null);

    private static CaptureWay Parse(string word) => CaptureWays.TryRead(word) is { } way and not CaptureWay.PortableDump ? way
        : throw new LimpetException($"--way is \"{Escaping.Show(word, 60)}\", and must be live, dump or eventpipe.");
}
