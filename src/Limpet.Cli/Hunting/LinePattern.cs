using System.Text.RegularExpressions;

namespace Limpet.Cli.Hunting;

/// <summary>A pattern of the user that is matched against lines of the target's output.</summary>
internal sealed class LinePattern
{
    private readonly Regex _regex;

    private LinePattern(string text, Regex regex)
    {
        Text = text;
        _regex = regex;
    }

    public string Text { get; }

    /// <summary>Reads a pattern; false with the reason when it is none.</summary>
    public static bool TryParse(string text, out LinePattern? pattern, out string? error)
    {
        (pattern, error) = (null, null);
        try
        {
            // The lines are the target's: a pattern that backtracks could be kept busy by one of them.
            pattern = new LinePattern(text, new Regex(text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant));
        }
        catch (NotSupportedException)
        {
            // Lookarounds and back-references exist only with backtracking; then a line has a deadline.
            pattern = new LinePattern(text, new Regex(text, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)));
        }
        catch (ArgumentException exception)
        {
            error = exception.Message;
        }

        return pattern is not null;
    }

    /// <summary>Whether a line matches. A line that the pattern cannot decide within its deadline does not match.</summary>
    public bool Matches(string line)
    {
        try
        {
            return _regex.IsMatch(line);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }
}
