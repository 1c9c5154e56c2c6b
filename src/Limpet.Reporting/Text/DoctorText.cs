using System.Globalization;
using Limpet.Results;

namespace Limpet.Reporting.Text;

/// <summary>Writes what a machine allows, for a terminal.</summary>
public static class DoctorText
{
    /// <summary>The checks, the remedies and the times to limits.</summary>
    /// <param name="result">The result.</param>
    /// <param name="colors">Whether ANSI colours are written.</param>
    public static string Write(DoctorResult result, bool colors = false)
    {
        ArgumentNullException.ThrowIfNull(result);
        TextPage page = new(colors);
        int troubled = result.Checks.Count(check => check.State is CheckState.Limited or CheckState.Refused);
        string source = result.Target is { } target ? $" and {EnvelopeText.Target(target)}" : "";
        page.Line($"{page.Paint(Ink.Strong, "This machine")}{source}: {Words.Many(result.Checks.Length, "check")}, {(troubled == 0 ? "nothing in the way" : $"{troubled} with a remedy")}");
        int name = result.Checks.Max(check => check.Name.Length);
        foreach (MachineCheck check in result.Checks)
        {
            (Ink ink, string word) = check.State switch
            {
                CheckState.Ok => (Ink.Good, "ok     "),
                CheckState.Limited => (Ink.Doubt, "limited"),
                CheckState.Refused => (Ink.Bad, "refused"),
                _ => (Ink.Faint, "unknown"),
            };
            page.Line($"  {page.Paint(ink, word)}  {check.Name.PadRight(name)}  {Words.Sentence(check.Value)}");
        }

        page.List(Ink.Strong, "What to do", result.Checks.Where(check => check.Remedy is not null).Select(check => $"{check.Name}: {Words.Sentence(check.Means)}. {Words.Sentence(check.Remedy!)}"));
        page.List(Ink.Strong, $"At {Words.Name(result.Rate ?? "")}", result.Projections.Select(Projection));
        EnvelopeText.WriteNotes(page, result);
        return page.ToString();
    }

    private static string Projection(LimitProjection projection)
    {
        Func<double, string> show = projection.Limit is "cgroupMemory" or "hostMemory" ? Words.Bytes : Words.Count;
        string name = projection.Limit switch
        {
            "openFiles" => "descriptor limit",
            "threads" => "thread limit",
            "cgroupMemory" => "memory limit of the control group",
            _ => "memory of the machine",
        };
        return $"{name} {show(projection.LimitValue)} in {Long(projection.InSeconds ?? 0)}; {show(projection.Used)} used";
    }

    private static string Long(double seconds) => seconds switch
    {
        < 120 => seconds.ToString("0 s", CultureInfo.InvariantCulture),
        < 7200 => (seconds / 60).ToString("0 min", CultureInfo.InvariantCulture),
        < 172800 => (seconds / 3600).ToString("0 h", CultureInfo.InvariantCulture),
        _ => (seconds / 86400).ToString("#,0 'days'", CultureInfo.InvariantCulture),
    };
}
