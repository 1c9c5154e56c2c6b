using System.Text;
using System.Xml;
using Limpet.Reporting.Text;

namespace Limpet.Reporting.Html;

/// <summary>
/// Collects HTML that is well-formed XML as well. Whatever is given as text or as the value of an attribute is escaped here, and only here; names of a target go
/// through <see cref="Words.Name"/> before, so that no control or direction character is left in them.
/// </summary>
internal sealed class HtmlPage
{
    private readonly StringBuilder text = new();
    private readonly XmlWriter xml;

    public HtmlPage() => xml = XmlWriter.Create(text, new XmlWriterSettings { OmitXmlDeclaration = true, NewLineChars = "\n" });

    /// <summary>Opens an element, which ends when what is returned is disposed of.</summary>
    public Scope In(string tag, string? classes = null, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Start(tag, classes, attributes);
        return new Scope(xml);
    }

    /// <summary>An element with nothing but text in it.</summary>
    public void Tag(string tag, string? classes, string content, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Start(tag, classes, attributes);
        xml.WriteString(content);
        xml.WriteFullEndElement();
    }

    /// <summary>An element that has no content and no end: <c>meta</c>, or a shape of a drawing.</summary>
    public void Empty(string tag, string? classes, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Start(tag, classes, attributes);
        xml.WriteEndElement();
    }

    /// <summary>Text.</summary>
    public void Text(string content) => xml.WriteString(content);

    /// <summary>Text of Limpet's own that goes into the page as it is: a style or a script, which know no escaping.</summary>
    public void Own(string tag, string content)
    {
        xml.WriteStartElement(tag);
        xml.WriteRaw(content);
        xml.WriteFullEndElement();
    }

    /// <summary>Lines as a terminal would show them, their colours as elements.</summary>
    public void Lines(string classes, Action<TextPage> write)
    {
        TextPage page = new(colors: true);
        write(page);
        using (In("pre", classes))
        {
            foreach ((Ink ink, string run) in TextPage.Runs(page.ToString().TrimEnd('\n')))
            {
                if (ink == Ink.Plain)
                {
                    xml.WriteString(run);
                }
                else
                {
                    Tag("span", InkClass.Of(ink), run);
                }
            }
        }
    }

    /// <summary>The page, from its document type to its end.</summary>
    public override string ToString()
    {
        xml.Flush();
        return "<!DOCTYPE html>\n" + text + "\n";
    }

    private void Start(string tag, string? classes, ReadOnlySpan<(string Name, string Value)> attributes)
    {
        xml.WriteStartElement(tag);
        if (classes is not null)
        {
            xml.WriteAttributeString("class", classes);
        }

        foreach ((string name, string value) in attributes)
        {
            xml.WriteAttributeString(name, value);
        }
    }

    /// <summary>Ends an element. One without content gets an end of its own, which HTML needs.</summary>
    public readonly struct Scope(XmlWriter xml) : IDisposable
    {
        /// <inheritdoc />
        public void Dispose() => xml.WriteFullEndElement();
    }
}
