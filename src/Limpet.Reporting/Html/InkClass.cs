using Limpet.Reporting.Text;

namespace Limpet.Reporting.Html;

/// <summary>Which class of the style sheet a piece of text has.</summary>
internal static class InkClass
{
    public static string Of(Ink ink) => ink switch
    {
        Ink.Plain => "plain",
        Ink.Strong => "strong",
        Ink.Bad => "bad",
        Ink.Doubt => "doubt",
        Ink.Good => "good",
        Ink.Faint => "faint",
        _ => throw new InvalidOperationException($"Bug in Limpet: ink {ink} has no class."),
    };
}
