using System.Globalization;
using Limpet.Cli.Watching.Options;
using Limpet.Results;
using Limpet.Text;

namespace Limpet.Cli.Doctor;

/// <summary>Rates as people write them: <c>6.6 KB/request at 1000/min</c>, <c>1 descriptor/job at 2/s</c>.</summary>
/// <param name="Unit">What is lost: <c>bytes</c>, <c>descriptors</c> or <c>threads</c>.</param>
/// <param name="PerSecond">How much, in a second.</param>
internal sealed record RateText(string Unit, double PerSecond)
{
    private const string Forms = "such as \"6.6 KB/request at 1000/min\", \"1 descriptor/job at 2/s\" or \"1 thread/login at 30/h\"";

    private static readonly (string Word, double Seconds)[] Times =
        [("s", 1), ("sec", 1), ("second", 1), ("min", 60), ("minute", 60), ("h", 3600), ("hour", 3600), ("d", 86400), ("day", 86400)];

    private static readonly (string Word, string Unit)[] Nouns =
        [("descriptor", "descriptors"), ("fd", "descriptors"), ("file", "descriptors"), ("socket", "descriptors"), ("connection", "descriptors"), ("thread", "threads")];

    /// <exception cref="LimpetException">It is no rate.</exception>
    public static RateText Read(string text)
    {
        string[] parts = text.Split(" at ", 2, StringSplitOptions.TrimEntries);
        if (parts is [var what, var often] && Amount(what.Split('/')[0].Trim()) is var (unit, amount) && Often(often) is { } perSecond && amount * perSecond > 0)
        {
            return new RateText(unit, amount * perSecond);
        }

        throw new LimpetException($"--rate is \"{Escaping.Show(text, 80)}\", and must be what an operation loses and how often it is done, {Forms}.");
    }

    private static (string Unit, double Amount)? Amount(string text)
    {
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words is [var number, var noun]
            && Nouns.FirstOrDefault(known => noun.TrimEnd('s') == known.Word).Unit is { } unit
            && double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double count))
        {
            return (unit, count);
        }

        return SizeText.TryParse(text, out long bytes) ? ("bytes", bytes) : null;
    }

    private static double? Often(string text) =>
        text.Split('/', StringSplitOptions.TrimEntries) is [var number, var time]
        && Times.FirstOrDefault(known => known.Word == time).Seconds is > 0 and var seconds
        && double.TryParse(number, NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out double count)
            ? count / seconds
            : null;
}
