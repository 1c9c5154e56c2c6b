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
}
