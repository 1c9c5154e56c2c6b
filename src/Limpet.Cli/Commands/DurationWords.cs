using System.Globalization;

namespace Limpet.Cli.Commands;

/// <summary>Measured durations as texts show them: <c>0.034 s</c>, <c>1.27 s</c>.</summary>
internal static class DurationWords
{
    public static string Of(TimeSpan duration) =>
        duration.TotalSeconds.ToString(duration.TotalSeconds < 1 ? "0.000" : "0.00", CultureInfo.InvariantCulture) + " s";
}
