using System.Diagnostics;
using System.Globalization;
using System.Text;
using Limpet.Capture.Files;
using Limpet.Reporting.Json;
using Limpet.Results;

namespace Limpet.Cli.Commands;

/// <summary>Where a command writes: the result to standard output, what happens meanwhile to standard error.</summary>
internal sealed class CommandOutput(TextWriter output, TextWriter error)
{
    private const string StandardOutput = "-";
    private readonly long started = Stopwatch.GetTimestamp();

    /// <summary>Where the result goes as JSON: a file, or <c>-</c> for standard output; null for nowhere.</summary>
    public string? Json { get; init; }

    /// <summary>Nothing but the result.</summary>
    public bool Quiet { get; init; }

    /// <summary>What is being done, with times.</summary>
    public bool Verbose { get; init; }

    /// <summary>When the command began.</summary>
    public DateTimeOffset StartedAt { get; } = TimeProvider.System.GetUtcNow();

    /// <summary>Time since then.</summary>
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(started);

    /// <summary>Fails before any work is done when the JSON could not be written afterwards.</summary>
    /// <exception cref="LimpetException">It could not.</exception>
    public void CheckJson()
    {
        if (Json is not null and not StandardOutput)
        {
            PrivateFile.Check(Json);
        }
    }

    /// <summary>Says something that is worth knowing while the command works.</summary>
    /// <param name="text">What.</param>
    /// <param name="evenQuiet">Whether who asked for nothing but the result must know it too, such as which commands of a file from elsewhere are about to run.</param>
    public void Say(string text, bool evenQuiet = false)
    {
        if (!Quiet || evenQuiet)
        {
            error.WriteLine(text);
        }
    }

    /// <summary>Says what is being done.</summary>
    public void Detail(string text)
    {
        if (Verbose)
        {
            error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Elapsed.TotalSeconds,7:0.000} s  {text}"));
        }
    }

    /// <summary>Writes the result, as JSON where that is wanted, and as text where standard output is free.</summary>
    public void Show(ResultEnvelope result, string text)
    {
        if (Json is not null)
        {
            string json = ResultJson.Write(result);
            if (Json == StandardOutput)
            {
                output.Write(json);
                return;
            }

            PrivateFile.Write(Json, file =>
            {
                file.Write(Encoding.UTF8.GetBytes(json));
                return true;
            });
        }

        output.Write(text);
    }
}
