using System.Globalization;
using Limpet.Results;
using Limpet.Text;

namespace Limpet.Reporting.Text;

/// <summary>Numbers and names as reports for people spell them, whatever the culture.</summary>
internal static class Words
{
    private const int LongestSentence = 4000;

    /// <summary>A name that comes from a target, on one line and without anything that a terminal would interpret.</summary>
    public static string Name(string name) => Escaping.Show(name);

    /// <summary>A sentence that may quote names of a target.</summary>
    public static string Sentence(string sentence) => Escaping.Show(sentence, LongestSentence);

    /// <summary>A count: <c>91</c>, <c>1,250,000</c>, <c>0.25</c>.</summary>
    public static string Count(double count) => count.ToString("#,0.##", CultureInfo.InvariantCulture);

    /// <summary>A count; a question mark where it was not measured.</summary>
    public static string Known(long? count) => count is { } number ? Count(number) : "?";

    /// <summary>A rate with its sign and two digits: <c>+1.00</c>.</summary>
    public static string Rate(double rate) => rate.ToString("+#,0.00;-#,0.00;0.00", CultureInfo.InvariantCulture);

    /// <summary>Bytes in binary units: <c>127 KiB</c>.</summary>
    public static string Bytes(double bytes) => new ByteSize((long)Math.Round(bytes)).ToString();

    /// <summary>Bytes with their sign: <c>+1.40 KiB</c>.</summary>
    public static string SignedBytes(double bytes) => (bytes > 0 ? "+" : "") + Bytes(bytes);

    /// <summary>A duration: <c>85 ms</c>, <c>12.3 s</c>.</summary>
    public static string Time(TimeSpan time) => time.TotalSeconds < 1
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s");

    /// <summary>A number and its noun: <c>1 object</c>, <c>2 objects</c>.</summary>
    public static string Many(double count, string noun) => $"{Count(count)} {noun}{(count == 1 ? "" : noun.EndsWith("ss", StringComparison.Ordinal) ? "es" : "s")}";
}
