using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using Limpet.Cli.Hunting;
using Limpet.Cli.Hunting.Run;
using Limpet.Results;

var line = new HuntCommandLine();
var root = new RootCommand { line.Command };
line.Command.SetAction(async (result, token) =>
{
    try
    {
        HuntOptions options = line.Read(result);
        Console.Error.Write(HuntPlanText.Describe(options));
        HuntRun run = new(options, new P());
        HuntResult r = await run.RunAsync(null, token);
        Console.WriteLine(JsonSerializer.Serialize(r with { Measurements = new() }, new JsonSerializerOptions { WriteIndented = true, Converters = { new JsonStringEnumConverter() }, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals }));
        return 0;
    }
    catch (LimpetException e)
    {
        Console.Error.WriteLine(e.Message);
        return 2;
    }
});
return await root.Parse(args).InvokeAsync();

sealed class P : IHuntProgress
{
    public void Step(string what) { }
    public void Predicted(Limpet.Capture.StallPrediction prediction) => Console.Error.WriteLine(prediction);
    public void RoundDone(Limpet.Verdicts.Round round, SettledReading reading) => Console.Error.WriteLine($"{round.At.TotalSeconds:0.00} {round.Kind} {round.Operations} failed {round.Failed} dur {round.Duration.TotalSeconds:0.00} stall {reading.Stall.TotalMilliseconds:0} " + string.Join(" ", reading.Metrics.Select(m => $"{m.Key}={m.Value}")));
}
