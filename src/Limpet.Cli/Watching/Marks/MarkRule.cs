using System.Text.RegularExpressions;

namespace Limpet.Cli.Watching.Marks;

/// <summary>One form that marks take. The name of the phase is the group <c>begun</c> or <c>ended</c>, else the first group, else the whole match.</summary>
/// <param name="Pattern">What a line must match.</param>
/// <param name="Kind">What a match says where no group of the pattern does.</param>
/// <param name="Unfinished">Whether it is sought in a line that has not ended yet, where runners write the name of a test before they run it.</param>
internal sealed record MarkRule(Regex Pattern, MarkKind Kind, bool Unfinished = false)
{
    private const int LongestName = 500;

    /// <summary>The mark in a line; null when there is none. A line that the pattern cannot decide within its deadline has none.</summary>
    public Mark? Find(string line)
    {
        try
        {
            Match match = Pattern.Match(line);
            if (!match.Success)
            {
                return null;
            }

            bool begun = match.Groups["begun"].Success, ended = match.Groups["ended"].Success;
            MarkKind kind = begun ? MarkKind.Begin : ended ? MarkKind.End : Kind;
            string name = begun ? match.Groups["begun"].Value
                : ended ? match.Groups["ended"].Value
                : match.Groups.Count > 1 && match.Groups[1].Success ? match.Groups[1].Value
                : match.Value;
            name = name.Trim();
            return new Mark(kind, kind == MarkKind.Close ? "" : name.Length > LongestName ? name[..LongestName] : name)
            {
                Took = match.Groups["took"] is { Success: true } took ? RunnerDuration.Parse(took.Value) : null,
                Source = match.Groups["source"] is { Success: true } source ? source.Value : null,
            };
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }
}
