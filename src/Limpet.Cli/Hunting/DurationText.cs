using System.Globalization;

namespace Limpet.Cli.Hunting;

/// <summary>Durations as people write them: <c>500ms</c>, <c>45s</c>, <c>2m</c>, <c>1.5h</c>.</summary>
internal static class DurationText
{
    public const string Forms = "500ms, 45s, 2m or 1.5h";

    /// <summary>What a text must be that <see cref="TryParse"/> takes.</summary>
    public static string Expected(bool orZero, string where = "") => $"a duration{where} {(orZero ? "up to a week" : "above zero and up to a week")}: {Forms}";

    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    private static readonly (string Unit, TimeSpan Size)[] Units =
        [("ms", TimeSpan.FromMilliseconds(1)), ("s", TimeSpan.FromSeconds(1)), ("m", TimeSpan.FromMinutes(1)), ("h", TimeSpan.FromHours(1))];

    /// <summary>Reads a duration above zero, or from zero on where that says something, and up to a week.</summary>
    public static bool TryParse(string text, out TimeSpan duration, bool orZero = false)
    {
        duration = default;
        foreach ((string unit, TimeSpan size) in Units)
        {
            if (text.EndsWith(unit, StringComparison.Ordinal)
                && double.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double count))
            {
                double ticks = count * size.Ticks;
                if (!((ticks >= 1 || (orZero && ticks == 0)) && ticks <= Longest.Ticks)) // so written, NaN fails as well
                {
                    return false;
                }

                duration = TimeSpan.FromTicks((long)ticks);
                return true;
            }
        }

        return false;
    }

    /// <summary>The shortest of the forms that says the same.</summary>
    public static string Format(TimeSpan duration)
    {
        foreach ((string unit, TimeSpan size) in Units.Reverse())
        {
            if (duration >= size && duration.Ticks * 10 % size.Ticks == 0)
            {
                return (duration / size).ToString("0.#", CultureInfo.InvariantCulture) + unit;
            }
        }

        return duration.TotalMilliseconds.ToString("0.###", CultureInfo.InvariantCulture) + "ms";
    }
}
