using System.CommandLine;
using Limpet.Capture;
using Limpet.Cli.Hunting;
using Limpet.Results;
using Limpet.Text;

namespace Limpet.Cli.Commands;

/// <summary>The option <c>--max-stall</c>: how long a capture may stop the target.</summary>
internal sealed class StallLimit
{
    private readonly Option<string> option = new("--max-stall")
    {
        HelpName = "DURATION",
        Description = "Refuse a capture that is predicted to stop the target longer; 0ms: predict only",
        DefaultValueFactory = _ => "2s",
    };

    public StallLimit(Command command) => command.Add(option);

    /// <exception cref="LimpetException">The value is no duration.</exception>
    public TimeSpan Read(ParseResult line)
    {
        string text = line.GetValue(option)!;
        return DurationText.TryParse(text, out TimeSpan limit, orZero: true)
            ? limit
            : throw new LimpetException($"--max-stall is \"{Escaping.Show(text, 60)}\", and must be {DurationText.Expected(orZero: true)}.");
    }

    /// <exception cref="LimpetException">The stop would be longer than the limit.</exception>
    public static void Require(int pid, StallPrediction prediction, TimeSpan limit)
    {
        if (prediction.Stall > limit)
        {
            throw new LimpetException(
                Trouble.Refused,
                $"Refused: the capture would stop process {pid} for about {DurationWords.Of(prediction.Stall)}, and --max-stall allows {DurationText.Format(limit)}. It was not stopped. Allow more with --max-stall, or capture when the heap is smaller.");
        }
    }
}
