using System.Text;
using System.Text.RegularExpressions;

namespace Limpet.Text;

/// <summary>One form of a secret. Patterns that run without backtracking are dear to build, so a text without any of the cues, one of which every match contains, does not have one built.</summary>
/// <param name="pattern">What is sought, without regard to case unless <paramref name="exact"/>.</param>
/// <param name="cues">Parts that every match has one of.</param>
/// <param name="with">What takes the place of a match.</param>
/// <param name="exact">Whether case matters.</param>
internal sealed class SecretPattern(string pattern, string[] cues, string with = "", bool exact = false)
{
    private readonly Lazy<Regex> regex = new(() => new Regex(
        pattern,
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | (exact ? RegexOptions.None : RegexOptions.IgnoreCase)));

    /// <summary>Whether a text has a match.</summary>
    public bool IsIn(string text) => MayBeIn(text) && regex.Value.IsMatch(text);

    /// <summary>The first match; null when there is none.</summary>
    public Match? Find(string text) => MayBeIn(text) && regex.Value.Match(text) is { Success: true } match ? match : null;

    /// <summary>The text with what takes the place of each match.</summary>
    public string Replace(string text) => MayBeIn(text) ? regex.Value.Replace(text, with) : text;

    /// <summary>Case has more forms than these beyond ASCII: there the pattern itself must look.</summary>
    private bool MayBeIn(string text) =>
        !Ascii.IsValid(text) || Array.Exists(cues, cue => text.Contains(cue, StringComparison.OrdinalIgnoreCase));
}
