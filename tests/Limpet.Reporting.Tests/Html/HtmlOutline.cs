using System.Text;
using System.Xml.Linq;

namespace Limpet.Reporting.Tests.Html;

/// <summary>The structure of a page on lines: elements with their classes and own text, without the shapes of drawings.</summary>
internal static class HtmlOutline
{
    private const string Start = "<!DOCTYPE html>\n";

    /// <summary>A page as XML; it must be well-formed.</summary>
    public static XElement Parse(string html)
    {
        Assert.StartsWith(Start, html, StringComparison.Ordinal);
        return XElement.Parse(html[Start.Length..], LoadOptions.PreserveWhitespace);
    }

    /// <summary>The lines of what is below an element.</summary>
    public static string Of(XElement element)
    {
        StringBuilder lines = new();
        foreach (XElement child in element.Elements())
        {
            Write(lines, child, 0);
        }

        return lines.ToString();
    }

    /// <summary>Names of all elements with their attributes, in their order: what a name must not be able to change.</summary>
    public static string[] Skeleton(string html) =>
        [.. Parse(html).DescendantsAndSelf().Select(element => $"{element.Name} {string.Join(' ', element.Attributes().Select(attribute => attribute.Name))}")];

    private static void Write(StringBuilder lines, XElement element, int depth)
    {
        string name = element.Name.LocalName + string.Concat(((string?)element.Attribute("class") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(one => "." + one));
        if (element.Name.LocalName is "script")
        {
            return;
        }

        lines.Append(' ', 2 * depth).Append(name);
        if (element.Name.LocalName == "svg")
        {
            foreach (XElement line in element.Elements("g").Where(group => group.Attribute("data-name") is not null))
            {
                lines.Append($" [{line.Attribute("data-name")!.Value}: {line.Attribute("data-x")!.Value} | {line.Attribute("data-y")!.Value}]");
            }

            lines.Append('\n');
            return;
        }

        // Parts of one line, such as words in their colours or the cells of a row, are told in one.
        if (element.Name.LocalName is "pre" or "p" or "h3" or "tr" or "figcaption")
        {
            string separator = element.Name.LocalName == "pre" ? "" : " | ";
            string text = string.Join(separator, element.DescendantNodes().OfType<XText>().Select(node => node.Value));
            lines.Append(text.Contains('\n', StringComparison.Ordinal) ? "\n" + text : text.Length > 0 ? " " + text : "").Append('\n');
            return;
        }

        string own = string.Concat(element.Nodes().OfType<XText>().Select(node => node.Value));
        lines.Append(own.Length > 0 ? " " + own : "").Append('\n');
        foreach (XElement child in element.Elements())
        {
            Write(lines, child, depth + 1);
        }
    }
}
