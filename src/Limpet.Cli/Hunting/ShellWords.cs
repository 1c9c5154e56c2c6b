using System.Text;
using Limpet.Text;

namespace Limpet.Cli.Hunting;

/// <summary>An argument vector as one would type it.</summary>
internal static class ShellWords
{
    /// <summary>The word, in single quotes when a shell would change it.</summary>
    public static string Quote(string word) =>
        word.Length > 0 && word.Replace(Redaction.Mark, "", StringComparison.Ordinal).All(c => char.IsLetterOrDigit(c) || "-_./:=@%+,".Contains(c, StringComparison.Ordinal))
            ? word
            : "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";

    /// <summary>The word so that it can be typed whatever is in it: control characters as escapes, which bash, zsh and ksh know in <c>$'…'</c>.</summary>
    public static string Typed(string word)
    {
        string shown = Escaping.Show(word, int.MaxValue);
        if (shown == word)
        {
            return Quote(word);
        }

        // Character by character, because a backslash of the word must not be taken for the beginning of an escape.
        StringBuilder typed = new("$'");
        foreach (Rune rune in word.EnumerateRunes())
        {
            typed.Append(rune.Value is '\\' or '\'' ? "\\" + rune : Escaping.Show(rune.ToString()));
        }

        return typed.Append('\'').ToString();
    }
}
