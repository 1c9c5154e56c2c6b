using System.Globalization;
using Limpet.Capture;
using Limpet.Cli.Hunting;
using Limpet.Cli.Hunting.Run;
using Limpet.Verdicts;
using Spectre.Console;

namespace Limpet.Cli.Commands;

/// <summary>Shows how a hunt gets on: one changing line on a terminal, time-stamped lines with --verbose, else nothing but the prediction.</summary>
internal sealed class HuntProgress : IHuntProgress
{
    private readonly CommandOutput output;
    private readonly StatusContext? line;
    private string last = "";

    private HuntProgress(CommandOutput output, StatusContext? line) => (this.output, this.line) = (output, line);

    /// <summary>Runs a hunt with the progress that the terminal allows.</summary>
    public static async Task ShowAsync(HuntOptions options, CommandOutput output, Func<IHuntProgress, Task> hunt)
    {
        if (options.Quiet || options.Verbose || Console.IsErrorRedirected)
        {
            await hunt(new HuntProgress(output, null));
            return;
        }

        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(Console.Error),
            ColorSystem = options.NoColor ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
        });
        await console.Status().StartAsync("hunting", context => hunt(new HuntProgress(output, context)));
    }

    public void Step(string what)
    {
        output.Detail(what);
        Show(last.Length == 0 ? what : $"{last}; {what}");
    }

    public void Predicted(StallPrediction prediction) => output.Say(string.Create(
        CultureInfo.InvariantCulture,
        $"  stops     the target for about {prediction.Stall.TotalMilliseconds:0} ms a capture: {prediction.Objects:N0} objects in {prediction.Heap}; the graph takes {prediction.Memory} here"));

    public void RoundDone(Round round, SettledReading reading)
    {
        last = string.Create(
            CultureInfo.InvariantCulture,
            $"{round.At.TotalSeconds:0} s  {round.Kind} round of {round.Operations} operations: {reading.Census.Objects:N0} objects, {reading.Settled.DescriptorCount} descriptors, {reading.Settled.ThreadCount} threads");
        output.Detail(last);
        Show(last);
    }

    private void Show(string text) => line?.Status(Markup.Escape(text));
}
