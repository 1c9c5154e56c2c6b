using System.Globalization;
using Limpet.Results;

namespace Limpet.Reporting.Text;

/// <summary>What all results have in common, in text.</summary>
internal static class EnvelopeText
{
    /// <summary>The target, such as <c>process 4242 (.NET 10.0.12)</c>.</summary>
    public static string Target(TargetInfo target)
    {
        string what = target.Pid is { } pid ? string.Create(CultureInfo.InvariantCulture, $"process {pid}") : "a file";
        return target.Runtime is { } runtime ? $"{what} ({Words.Name(runtime)})" : what;
    }

    /// <summary>Warnings and blind spots.</summary>
    public static void WriteNotes(TextPage page, ResultEnvelope result)
    {
        page.List(Ink.Doubt, "Warnings", result.Warnings.Select(Words.Sentence));
        page.List(Ink.Strong, "Not seen", result.BlindSpots.Select(Words.Sentence));
    }
}
