using System.Globalization;
using System.Text;
using System.Xml;
using Limpet.Reporting.Text;
using Limpet.Results;

namespace Limpet.Reporting.JUnit;

/// <summary>
/// Writes a judged result as JUnit XML, for servers that show test results. The run, each phase, each finding and each budget is a test case: what fails a run fails
/// there, an undecided run is an error and never a pass, a known leak is skipped.
/// </summary>
public static class JUnitReport
{
    /// <summary>The report as text.</summary>
    /// <param name="result">The result.</param>
    public static string Write(JudgedResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        JUnitCase[] cases = [.. JUnitCases.Of(result)];
        StringBuilder text = new();
        using (XmlWriter xml = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, NewLineChars = "\n", OmitXmlDeclaration = true }))
        {
            string name = result.Schema[..result.Schema.IndexOf('/', StringComparison.Ordinal)].Replace('.', ' '); // limpet hunt
            xml.WriteStartElement("testsuites");
            Counts(xml, name, result, cases);
            xml.WriteStartElement("testsuite");
            Counts(xml, name, result, cases);
            xml.WriteAttributeString("timestamp", result.StartedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture));
            foreach (JUnitCase one in cases)
            {
                Case(xml, name, one);
            }

            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        return "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" + text + "\n";
    }

    private static void Counts(XmlWriter xml, string name, JudgedResult result, JUnitCase[] cases)
    {
        xml.WriteAttributeString("name", name);
        xml.WriteAttributeString("tests", Number(cases.Length));
        foreach ((string attribute, JUnitOutcome outcome) in ((string, JUnitOutcome)[])[("failures", JUnitOutcome.Failure), ("errors", JUnitOutcome.Error), ("skipped", JUnitOutcome.Skipped)])
        {
            xml.WriteAttributeString(attribute, Number(cases.Count(one => one.Outcome == outcome)));
        }

        xml.WriteAttributeString("time", Seconds(result.DurationSeconds));
    }

    private static void Case(XmlWriter xml, string suite, JUnitCase one)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", suite.Replace(' ', '.'));
        xml.WriteAttributeString("name", Words.Sentence(one.Name));
        xml.WriteAttributeString("time", Seconds(one.Seconds));
        if (one.Outcome != JUnitOutcome.Passed)
        {
            xml.WriteStartElement(one.Outcome switch { JUnitOutcome.Failure => "failure", JUnitOutcome.Error => "error", _ => "skipped" });
            xml.WriteAttributeString("message", Words.Sentence(one.Message));
            if (one.Outcome != JUnitOutcome.Skipped)
            {
                xml.WriteAttributeString("type", one.Type);
            }

            if (one.Text.Length > 0)
            {
                xml.WriteString("\n" + one.Text);
            }

            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(double seconds) => seconds.ToString("0.000", CultureInfo.InvariantCulture);
}
