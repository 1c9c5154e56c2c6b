using System.Globalization;

namespace Limpet.Heap.Paths;

/// <summary>Spans of time in words.</summary>
internal static class Spans
{
    private const double MostOfAUnit = 120;

    /// <summary>Such as <c>3.7 s</c>, <c>20 min</c>, <c>36 h</c> or <c>30 d</c>.</summary>
    public static string Show(TimeSpan span)
    {
        (double value, string unit) = span.TotalSeconds < MostOfAUnit ? (span.TotalSeconds, "s")
            : span.TotalMinutes < MostOfAUnit ? (span.TotalMinutes, "min")
            : span.TotalHours < MostOfAUnit ? (span.TotalHours, "h")
            : (span.TotalDays, "d");
        return string.Create(CultureInfo.InvariantCulture, $"{value:#,0.#} {unit}");
    }
}
