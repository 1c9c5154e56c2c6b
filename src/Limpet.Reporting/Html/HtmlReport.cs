using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Limpet.Reporting.Text;
using Limpet.Results;

namespace Limpet.Reporting.Html;

/// <summary>
/// Writes a judged result as one HTML file that needs nothing else: style, script and drawings are in it, and it may load nothing. Without a script it shows the same;
/// the script tells readings under the pointer and sorts tables. Whatever came from a target is escaped, and a browser is told to run that one script only.
/// </summary>
public static class HtmlReport
{
    private static readonly string Style = Resource("report.css");
    private static readonly string Script = Resource("report.js");

    /// <summary>The report as text.</summary>
    /// <param name="result">The result, of a hunt or a watch.</param>
    /// <param name="next">The command to run next; null for none.</param>
    public static string Write(JudgedResult result, NextCommand? next = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        HtmlPage page = new();
        using (page.In("html", null, ("lang", "en")))
        {
            Head(page, result);
            using (page.In("body"))
            {
                using (page.In("main"))
                {
                    Verdict(page, result, next);
                    Details(page, result);
                    HtmlNotes.Write(page, result);
                }

                page.Own("script", Script);
            }
        }

        return page.ToString();
    }

    private static void Details(HtmlPage page, JudgedResult result)
    {
        switch (result)
        {
            case HuntResult hunt:
                HtmlHunt.Write(page, hunt);
                break;
            case WatchResult watch:
                HtmlWatch.Write(page, watch);
                break;
            default:
                throw new InvalidOperationException($"Bug in Limpet: no page for {result.Schema}.");
        }
    }

    private static void Head(HtmlPage page, JudgedResult result)
    {
        using (page.In("head"))
        {
            page.Empty("meta", null, ("charset", "utf-8"));
            page.Empty("meta", null, ("http-equiv", "Content-Security-Policy"), ("content", $"default-src 'none'; style-src '{Print(Style)}'; script-src '{Print(Script)}'; base-uri 'none'; form-action 'none'"));
            page.Empty("meta", null, ("name", "viewport"), ("content", "width=device-width, initial-scale=1"));
            page.Empty("meta", null, ("name", "color-scheme"), ("content", "light dark"));
            page.Tag("title", null, $"{ReportWords.Command(result)}: {result.Verdict}");
            page.Own("style", Style);
        }
    }

    private static void Verdict(HtmlPage page, JudgedResult result, NextCommand? next)
    {
        using (page.In("header", "verdict " + InkClass.Of(VerdictInk.Of(result.Verdict))))
        {
            page.Tag("p", "kicker", ReportWords.Command(result));
            page.Tag("h1", null, result.Verdict.ToString());
            page.Tag("p", "reason", Words.Sentence(result.Reason));
            page.Tag("p", "faint", ReportWords.Work(result));
            if (result.Target is { Command.IsEmpty: false } target)
            {
                page.Tag("p", "command", Words.Sentence(string.Join(' ', target.Command)));
            }
        }

        if (next is not null)
        {
            using (page.In("p", "next"))
            {
                page.Tag("b", null, "Next");
                page.Tag("code", null, Words.Sentence(next.Command));
                page.Tag("span", "faint", Words.Sentence(next.Note ?? ""));
            }
        }
    }

    private static string Print(string text) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Resource(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name) ?? throw new InvalidOperationException($"Bug in Limpet: {name} is not in the assembly.");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
