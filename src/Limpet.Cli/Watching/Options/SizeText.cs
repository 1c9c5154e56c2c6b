using System.Globalization;

namespace Limpet.Cli.Watching.Options;

/// <summary>Sizes as people write them: <c>500MB</c> (decimal), <c>1GiB</c> (binary), <c>20M</c> (binary, as tools of the system do).</summary>
internal static class SizeText
{
    public const string Forms = "500MB, 1GB, 20MiB or 1.5GiB";

    private static readonly (string Unit, double Size)[] Units =
    [
        ("KiB", 1024), ("MiB", 1024 * 1024), ("GiB", 1024 * 1024 * 1024), ("TiB", 1024.0 * 1024 * 1024 * 1024),
        ("KB", 1e3), ("MB", 1e6), ("GB", 1e9), ("TB", 1e12), ("K", 1024), ("M", 1024 * 1024), ("G", 1024 * 1024 * 1024), ("B", 1), ("", 1),
    ];

    /// <summary>Reads a size above zero.</summary>
    public static bool TryParse(string text, out long bytes)
    {
        bytes = 0;
        foreach ((string unit, double size) in Units)
        {
            if (text.EndsWith(unit, StringComparison.OrdinalIgnoreCase))
            {
                ReadOnlySpan<char> digits = text.AsSpan(0, text.Length - unit.Length).TrimEnd();
                bool read = double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number);
                bytes = read && number * size is >= 1 and < 1e18 ? (long)(number * size) : 0;
                return bytes > 0;
            }
        }

        return false;
    }
}
