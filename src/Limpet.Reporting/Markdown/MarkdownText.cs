using System.Text;

namespace Limpet.Reporting.Markdown;

/// <summary>Text within Markdown that stays text: no mark-up, no HTML, no link, and nobody is called by their name.</summary>
internal static class MarkdownText
{
    /// <summary>What has a meaning within a line.</summary>
    private const string Signs = "\\`*_[]|~";

    /// <summary>What servers look for after Markdown is read, where no escape helps: a comment within it keeps them from finding it.</summary>
    private const string Nothing = "<!-- -->";

    /// <summary>Text in a sentence or in the cell of a table; line breaks must be gone.</summary>
    public static string Of(string text)
    {
        StringBuilder shown = new(text.Length + 16);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            _ = c switch
            {
                '<' => shown.Append("&lt;"),
                '>' => shown.Append("&gt;"),
                '&' => shown.Append("&amp;"),
                '$' => shown.Append("&#36;"),
                '@' => shown.Append('@').Append(Nothing),
                '#' => shown.Append("\\#").Append(Nothing),
                ':' when text.AsSpan(i).StartsWith("://", StringComparison.Ordinal) => shown.Append(':').Append(Nothing),
                '.' when i >= 3 && text.AsSpan(i - 3, 3).Equals("www", StringComparison.OrdinalIgnoreCase) => shown.Append(Nothing).Append('.'),
                _ when Signs.Contains(c, StringComparison.Ordinal) || BeginsList(text, i) => shown.Append('\\').Append(c),
                _ => shown.Append(c),
            };
        }

        return shown.ToString();
    }

    /// <summary>Whether a character would make a list, or a heading of the line before, because it is the first one or follows a number.</summary>
    private static bool BeginsList(string text, int at) =>
        text[at] is '+' or '-' or '=' ? at == 0 : text[at] is '.' or ')' && at > 0 && !text.AsSpan(0, at).ContainsAnyExceptInRange('0', '9');

    /// <summary>A name, set as code.</summary>
    public static string Code(string name) => $"<code>{Of(name)}</code>";

    /// <summary>A name within HTML, where Markdown is not read.</summary>
    public static string HtmlCode(string name) => $"<code>{name.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal)}</code>";

    /// <summary>Lines that are shown as they are, in a fence that none of them can end.</summary>
    public static string Fence(string lines)
    {
        int longest = 0, run = 0;
        foreach (char c in lines)
        {
            run = c == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        string fence = new('`', Math.Max(3, longest + 1));
        return $"{fence}text\n{lines.TrimEnd('\n')}\n{fence}\n";
    }
}
