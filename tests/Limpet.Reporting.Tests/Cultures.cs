using System.Globalization;

namespace Limpet.Reporting.Tests;

/// <summary>
/// Runs a piece of code under cultures that write numbers otherwise. The program runs in invariant mode, where only the invariant
/// culture can be asked for: so the formats are made by hand.
/// </summary>
internal static class Cultures
{
    /// <summary>The results under all cultures, by the culture's name.</summary>
    public static IEnumerable<(string Culture, T Result)> Under<T>(Func<T> code)
    {
        foreach ((string name, CultureInfo culture) in All())
        {
            CultureInfo before = CultureInfo.CurrentCulture;
            CultureInfo.CurrentCulture = culture;
            try
            {
                yield return (name, code());
            }
            finally
            {
                CultureInfo.CurrentCulture = before;
            }
        }
    }

    private static IEnumerable<(string Name, CultureInfo Culture)> All()
    {
        yield return ("invariant", CultureInfo.InvariantCulture);
        yield return ("de-DE", With(",", ".", "-", "."));
        yield return ("ar-SA", With("٫", "٬", "\u061c-", "."));
    }

    private static CultureInfo With(string point, string group, string minus, string time)
    {
        CultureInfo culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat = new NumberFormatInfo { NumberDecimalSeparator = point, NumberGroupSeparator = group, NegativeSign = minus, PositiveSign = "plus" };
        culture.DateTimeFormat.TimeSeparator = time;
        return culture;
    }
}
