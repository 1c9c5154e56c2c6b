using Limpet.Results;

namespace Limpet.Reporting.Text;

/// <summary>A finding with everything that its claim rests on.</summary>
internal static class FindingText
{
    private const string Margin = "   ";

    public static void Write(TextPage page, Finding finding)
    {
        TraceText.Write(page, finding);
        foreach ((string what, string value) in FindingFacts.Of(finding))
        {
            page.Line($"{Margin}{page.Paint(Ink.Faint, what + ":")} {value}");
        }

        if (FindingFacts.Reach(finding) is { } reach)
        {
            page.Line(Margin + reach);
        }

        foreach (ThreadStackGroup stack in finding.Stacks)
        {
            StackText.Write(page, stack);
        }
    }
}
