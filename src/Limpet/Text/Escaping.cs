using System.Globalization;
using System.Text;

namespace Limpet.Text;

/// <summary>
/// Shows names that come from a target (types, threads, paths, output lines) so that no terminal or reader interprets them: control
/// characters, escape sequences, line breaks, invisible and direction-changing characters appear as <c>\u001b</c> and the like.
/// This is for people; machine formats (JSON, HTML, XML) have their own escaping on top.
/// </summary>
public static class Escaping
{
    /// <summary>Longest name that is shown whole, in UTF-16 units, unless the caller says otherwise.</summary>
    public const int DefaultLength = 300;

    /// <summary>The name on one line, at most <paramref name="maxLength"/> units of it; what is cut is counted at its end.</summary>
    public static string Show(string name, int maxLength = DefaultLength)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentOutOfRangeException.ThrowIfNegative(maxLength);
        if (name.Length <= maxLength && IsPlain(name))
        {
            return name;
        }

        StringBuilder shown = new(Math.Min(name.Length, maxLength) + 16);
        ReadOnlySpan<char> rest = name;
        int taken = 0;
        while (!rest.IsEmpty)
        {
            bool whole = Rune.DecodeFromUtf16(rest, out Rune rune, out int length) == System.Buffers.OperationStatus.Done;
            if (taken + length > maxLength)
            {
                return shown.Append(CultureInfo.InvariantCulture, $"… ({rest.Length} more)").ToString();
            }

            if (!whole)
            {
                Append(shown, rest[0]); // half of a surrogate pair
            }
            else if (MustBeEscaped(rune))
            {
                Append(shown, rune.Value);
            }
            else
            {
                shown.Append(rest[..length]);
            }

            taken += length;
            rest = rest[length..];
        }

        return shown.ToString();
    }

    private static bool IsPlain(string name)
    {
        foreach (char c in name)
        {
            if (c is < ' ' or > '~')
            {
                return false;
            }
        }

        return true;
    }

    // A space that is not the common one is invisible in a name that has nothing else.
    private static bool MustBeEscaped(Rune rune) => rune.Value != ' ' && Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.SpaceSeparator or UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate;

    private static void Append(StringBuilder shown, int value) => _ = value switch
    {
        '\n' => shown.Append("\\n"),
        '\r' => shown.Append("\\r"),
        '\t' => shown.Append("\\t"),
        > 0xFFFF => shown.Append(CultureInfo.InvariantCulture, $"\\U{value:x8}"),
        _ => shown.Append(CultureInfo.InvariantCulture, $"\\u{value:x4}"),
    };
}
