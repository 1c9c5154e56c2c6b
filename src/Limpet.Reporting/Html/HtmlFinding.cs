using Limpet.Reporting.Text;
using Limpet.Results;

namespace Limpet.Reporting.Html;

/// <summary>Findings with everything that their claims rest on.</summary>
internal static class HtmlFinding
{
    /// <param name="page">Where to.</param>
    /// <param name="result">The result.</param>
    /// <param name="chart">The course of a finding; null where it is not known.</param>
    public static void Write(HtmlPage page, JudgedResult result, Func<Finding, Chart?> chart)
    {
        if (result.Findings.IsEmpty)
        {
            return;
        }

        using (page.In("section", "findings"))
        {
            page.Tag("h2", null, "Findings");
            foreach (Finding finding in result.Findings)
            {
                Write(page, finding, ReportWords.Numbers(result, finding), result is WatchResult, chart(finding));
            }
        }
    }

    private static void Write(HtmlPage page, Finding finding, string numbers, bool ofPhases, Chart? chart)
    {
        Ink ink = VerdictInk.Of(finding);
        using (page.In("article", "finding " + InkClass.Of(ink)))
        {
            using (page.In("h3"))
            {
                page.Tag("span", "kind", finding.Kind.ToString());
                page.Tag("code", null, Words.Name(finding.Subject));
                if (FindingFacts.Status(finding) is { } status)
                {
                    page.Tag("span", "status", status);
                }
            }

            page.Tag("p", "numbers", numbers);
            if (finding.Hint is { } hint)
            {
                using (page.In("p", "hint"))
                {
                    page.Tag("b", null, "To do");
                    page.Tag("span", null, Words.Sentence(hint));
                }
            }

            if (finding.Holder is { } holder)
            {
                page.Lines("trace", text => TraceText.Write(text, holder));
            }

            if (chart is not null)
            {
                ChartDrawing.Write(page, chart);
            }

            HtmlTable.Facts(page, Facts(finding, ofPhases));
            if (!finding.Stacks.IsEmpty)
            {
                using (page.In("details", null, ("open", "open")))
                {
                    page.Tag("summary", null, "Stacks");
                    page.Lines("stack", text =>
                    {
                        foreach (ThreadStackGroup stack in finding.Stacks)
                        {
                            StackText.Write(text, stack);
                        }
                    });
                }
            }
        }
    }

    private static IEnumerable<(string What, string Value)> Facts(Finding finding, bool ofPhases)
    {
        foreach ((string what, string value) in FindingFacts.Of(finding with { Related = ofPhases ? [] : finding.Related }))
        {
            yield return (what, value);
        }

        if (ofPhases && WatchText.Parts(finding) is { } parts)
        {
            yield return ("of it", parts);
        }
        else if (!ofPhases && FindingFacts.Reach(finding) is { } reach)
        {
            yield return ("limits", reach);
        }

        yield return ("signature", Words.Name(finding.Signature));
    }
}
