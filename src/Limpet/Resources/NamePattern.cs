using System.Text;

namespace Limpet.Resources;

/// <summary>What names that a program numbers have in common: <c>worker 5</c> and <c>worker 10</c> are <c>worker *</c>.</summary>
public static class NamePattern
{
    /// <summary>Letters and digits in a row of hexadecimal digits beyond which it is taken for a number made by the program.</summary>
    private const int ShortestHexadecimal = 8;

    /// <summary>The name with its numbers, hexadecimal numbers and unique ids replaced by a star.</summary>
    public static string Of(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        StringBuilder pattern = new(name.Length);
        int at = 0;
        while (at < name.Length)
        {
            int length = NumberAt(name, at);
            if (length == 0)
            {
                pattern.Append(name[at++]);
                continue;
            }

            at += length;
            bool joined = pattern.Length >= 2 && pattern[^1] is '-' or '.' or '_' or ':' && pattern[^2] == '*';
            pattern.Length -= joined ? 1 : 0;
            if (pattern.Length == 0 || pattern[^1] != '*')
            {
                pattern.Append('*');
            }
        }

        return pattern.ToString();
    }

    private static int NumberAt(string name, int at)
    {
        int hexadecimal = 0, digits = 0;
        bool hasDigit = false;
        while (at + hexadecimal < name.Length && char.IsAsciiHexDigit(name[at + hexadecimal]))
        {
            hasDigit |= char.IsAsciiDigit(name[at + hexadecimal]);
            hexadecimal++;
        }

        while (at + digits < name.Length && char.IsAsciiDigit(name[at + digits]))
        {
            digits++;
        }

        bool starts = at == 0 || !char.IsAsciiLetterOrDigit(name[at - 1]);
        bool ends = at + hexadecimal == name.Length || !char.IsAsciiLetter(name[at + hexadecimal]);
        bool isId = starts && ends && hasDigit && (hexadecimal >= ShortestHexadecimal || (hexadecimal == 4 && InId(name, at)));
        return isId ? hexadecimal : digits;
    }

    /// <summary>Whether four digits stand between the dashes of a unique id.</summary>
    private static bool InId(string name, int at) => at >= 2 && name[at - 1] == '-' && char.IsAsciiHexDigit(name[at - 2]) && at + 4 < name.Length && name[at + 4] == '-';
}
