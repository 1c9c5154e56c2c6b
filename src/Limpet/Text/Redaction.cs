using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Limpet.Text;

/// <summary>
/// Takes secrets out of what reports show: command lines, shell commands, headers, URLs, environment values. It goes by names and known
/// shapes, so a secret under a harmless name (<c>--colour hunter2</c>) is not seen; that is why report files are private as well.
/// </summary>
/// <remarks>All patterns run without backtracking: the text may come from a target and be made to be slow.</remarks>
public static class Redaction
{
    /// <summary>What stands in place of a secret.</summary>
    public const string Mark = "***";

    /// <summary>Characters of a text that are looked at; what is beyond is dropped and counted, so that it can neither leak nor cost.</summary>
    public const int MostCharacters = 32 * 1024;

    private const string Word =
        "(?:passw|passphrase|passcode|pwd|secret|token|api[-_.]?key|access[-_.]?key|account[-_.]?key|private[-_.]?key|signing[-_.]?key"
        + "|encryption[-_.]?key|shared[-_.]?access|credential|authorization|authentication|connection[-_.]?str|cookie|bearer|jwt|session[-_.]?id)";

    private const string Value = """(?:"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|[^\s;&"',}]+)""";

    private static readonly string[] WordCues = ["pass", "pwd", "secret", "token", "key", "access", "credential", "auth", "connection", "cookie", "bearer", "jwt", "session"];

    private static readonly SecretPattern SensitiveName = new($"{Word}|^[-/]*(?:pass|auth|sig|sas|key|code|pw)$", [.. WordCues, "sig", "sas", "code", "pw"]);

    /// <summary>A word of a command line that is an option or variable with its value: <c>--name=value</c>, <c>/p:Name=value</c>, <c>NAME=value</c>.</summary>
    private static readonly SecretPattern Assignment = new("""^(?<name>[-/]*[\w.:\-]+?)(?<sign>[=:])(?s:(?<value>.+))$""", ["=", ":"]);

    private static readonly SecretPattern[] Patterns =
    [
        // user:password@host, up to the last @ before the path
        new("""(?<head>[a-z][a-z0-9+.\-]*://)[^\s/"'?#]*@""", ["://"], "${head}" + Mark + "@"),
        // these headers have values with spaces
        new("""(?<head>\b(?:proxy-)?authorization["']?\s*[:=]\s*["']?|\b(?:set-)?cookie["']?\s*[:=]\s*["']?)[^\r\n"']+""", ["authorization", "cookie"], "${head}" + Mark),
        new("""(?<head>\b(?:bearer|basic|negotiate)\s+)[\w+/=.~\-]{6,}""", ["bearer", "basic", "negotiate"], "${head}" + Mark),
        // name=value, "name": "value", name: value
        new($"""(?<head>[\w.\-]*{Word}[\w.\-]*["']?\s*[=:]\s*){Value}""", WordCues, "${head}" + Mark),
        // --name value
        new($"""(?<head>(?:^|\s)-{"{"}1,2{"}"}[\w.\-]*{Word}[\w.\-]*\s+)(?:"[^"]*"?|'[^']*'?|[^\s\-"'=:][^\s]*)""", WordCues, "${head}" + Mark),
        new("""(?<head>[?&;](?:key|code|sig|signature|auth|sas|pass|pw)=)[^&\s#"']+""", ["?", "&", ";"], "${head}" + Mark),
        // secrets that are known by their shape
        new("""\beyJ[\w\-]+\.[\w\-]+\.[\w\-]*|\bgh[opsur]_\w{20,}|\bgithub_pat_\w{20,}|\bxox[abp]-[\w\-]{10,}|\bAKIA[0-9A-Z]{16}\b|\bsk-[\w\-]{20,}""", ["eyJ", "gh", "git", "xox", "AKIA", "sk-"], Mark, exact: true),
    ];

    /// <summary>Free text, such as a shell command, a body or a line of output.</summary>
    public static string Text(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > MostCharacters)
        {
            return Text(text[..MostCharacters]) + $"… ({text.Length - MostCharacters} more)";
        }

        foreach (SecretPattern pattern in Patterns)
        {
            text = pattern.Replace(text);
        }

        return text;
    }

    /// <summary>An argument vector, word by word. A word with a secret name hides the word after it.</summary>
    public static ImmutableArray<string> CommandLine(IEnumerable<string> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        ImmutableArray<string>.Builder shown = ImmutableArray.CreateBuilder<string>();
        string previous = "";
        foreach (string word in words)
        {
            bool isOption = word.StartsWith('-');
            shown.Add(
                IsNameOfSecret(previous) && !isOption ? Mark
                : previous is "-u" or "--user" && word.Contains(':', StringComparison.Ordinal) ? Mark
                : Argument(word));
            previous = word;
        }

        return shown.ToImmutable();
    }

    /// <summary>A URL: without user name and password, and without the values of query parameters with secret names.</summary>
    public static string Url(string url) => Text(url);

    /// <summary>The value of a header.</summary>
    public static string Header(string name, string value)
    {
        ArgumentNullException.ThrowIfNull(name);
        return SensitiveName.IsIn(name) ? Mark : Text(value);
    }

    /// <summary>The value of an environment variable: never shown, whatever the name.</summary>
    public static string EnvironmentValue(string value) => string.IsNullOrEmpty(value) ? "" : Mark;

    private static bool IsNameOfSecret(string word) =>
        word.StartsWith('-') && !word.Contains('=', StringComparison.Ordinal) && !word.Contains(' ', StringComparison.Ordinal) && SensitiveName.IsIn(word);

    private static string Argument(string word)
    {
        if (Assignment.Find(word) is { } assignment && !assignment.Groups["value"].Value.StartsWith("//", StringComparison.Ordinal))
        {
            string name = assignment.Groups["name"].Value;
            if (SensitiveName.IsIn(name))
            {
                return name + assignment.Groups["sign"].Value + Mark;
            }

            // MSBuild's /p:Name=value and -p:Name=value, and Section:Name=value
            string value = assignment.Groups["value"].Value;
            int sign = value.IndexOf('=', StringComparison.Ordinal);
            if (sign > 0 && !value.AsSpan(0, sign).ContainsAny(" ;/") && SensitiveName.IsIn(value[..sign]))
            {
                return word[..(assignment.Groups["value"].Index + sign + 1)] + Mark;
            }
        }

        return Text(word);
    }
}
