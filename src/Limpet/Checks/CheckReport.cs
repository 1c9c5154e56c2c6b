using System.Globalization;
using System.Text;
using Limpet.Results;
using Limpet.Text;

namespace Limpet.Checks;

/// <summary>Writes what a check found, for the output of a test.</summary>
public static class CheckReport
{
    private const int LongestSentence = 4000;

    /// <summary>The whole report.</summary>
    /// <param name="result">The result.</param>
    public static string Write(CheckResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{result.Verdict}: {Show(result.Reason)}\n");
        foreach (string drawing in result.Drawings)
        {
            text.Append('\n').Append(drawing);
        }

        foreach (Finding finding in result.Findings.Skip(result.Drawings.Length))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{finding.Kind}  {Show(finding.Subject)}\n   why: {Show(finding.Confidence)}\n");
        }

        if (result.NoTraceReason is not null || result.Origin.Sentence is not null || !result.Warnings.IsEmpty || !result.BlindSpots.IsEmpty)
        {
            text.Append('\n');
        }

        Notes(text, "traces from", result.Origin.Sentence is { } origin ? [origin] : []);
        Notes(text, "no trace", result.NoTraceReason is { } reason ? [reason] : []);
        Notes(text, "warning", result.Warnings);
        Notes(text, "not seen", result.BlindSpots);
        return text.ToString();
    }

    private static void Notes(StringBuilder text, string what, IEnumerable<string> notes)
    {
        foreach (string note in notes)
        {
            text.Append(CultureInfo.InvariantCulture, $"{what}: {Show(note)}\n");
        }
    }

    private static string Show(string sentence) => Escaping.Show(sentence, LongestSentence);
}
