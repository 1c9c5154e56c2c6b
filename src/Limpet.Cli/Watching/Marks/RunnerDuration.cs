using System.Globalization;

namespace Limpet.Cli.Watching.Marks;

/// <summary>How runners write the time that a test took: <c>1m 02s 345ms</c>, <c>12 ms</c>, <c>&lt; 1 ms</c>, <c>0.20s</c>.</summary>
internal static class RunnerDuration
{
    /// <summary>The time; null where it is none.</summary>
    public static TimeSpan? Parse(string text)
    {
        double seconds = 0;
        int at = 0;
        text = text.TrimStart('<', ' ');
        while (at < text.Length)
        {
            int number = at;
            while (at < text.Length && (char.IsAsciiDigit(text[at]) || text[at] == '.'))
            {
                at++;
            }

            string amount = text[number..at];
            at += text[at..].Length - text[at..].TrimStart().Length;
            int unit = at;
            while (at < text.Length && char.IsAsciiLetter(text[at]))
            {
                at++;
            }

            double? factor = text[unit..at] switch { "h" => 3600, "m" => 60, "s" => 1, "ms" => 0.001, _ => null };
            if (factor is not { } one || !double.TryParse(amount, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value))
            {
                return null;
            }

            seconds += value * one;
            at += text[at..].Length - text[at..].TrimStart().Length;
        }

        return text.Length == 0 || seconds > TimeSpan.MaxValue.TotalSeconds / 2 ? null : TimeSpan.FromSeconds(seconds);
    }
}
