using System.Globalization;
using System.Text;
using Limpet.Reporting.Text;

namespace Limpet.Reporting.Html;

/// <summary>
/// Draws a chart as SVG inside of the page: it is there without a script, and on paper. The numbers stand in it as well, for the script that tells the reading under
/// the pointer.
/// </summary>
internal sealed class ChartDrawing
{
    private const double Left = 72, Right = 14, Top = 10;

    /// <summary>More phases than this get no line each: they would be a grey area.</summary>
    private const int MostLines = 150;

    private readonly HtmlPage page;
    private readonly Chart chart;
    private readonly double width, height, bottom;
    private readonly ChartAxis along, upright;

    private ChartDrawing(HtmlPage page, Chart chart)
    {
        (this.page, this.chart) = (page, chart);
        (width, height) = chart.Wide ? (920, 240) : (450, 190);
        bottom = height - (chart.AlongName.Length > 0 ? 40 : 24);
        ChartPoint[] points = [.. chart.Lines.SelectMany(line => line.Points)];
        along = ChartAxis.Level(chart.Along, Math.Min(0, points.Min(point => point.X)), points.Max(point => point.X), chart.Wide ? 10 : 5);
        upright = ChartAxis.Upright(chart.Unit, points.Min(point => point.Low), points.Max(point => point.High), 4);
    }

    /// <summary>Draws a chart; nothing where there is nothing to draw.</summary>
    public static void Write(HtmlPage page, Chart chart)
    {
        ChartLine[] lines = [.. chart.Lines.Where(line => line.Points.Length > 0)];
        if (lines.Length > 0)
        {
            new ChartDrawing(page, chart with { Lines = lines }).Write();
        }
    }

    private void Write()
    {
        using (page.In("figure", chart.Wide ? "chart wide" : "chart"))
        {
            using (page.In("figcaption"))
            {
                page.Tag("span", "title", chart.Title);
                if (chart.Lines.Length > 1)
                {
                    Legend();
                }
            }

            using (page.In(
                "svg",
                null,
                ("viewBox", Invariant($"0 0 {width} {height}")),
                ("role", "img"),
                ("aria-label", chart.Title),
                ("data-plot", Invariant($"{Left} {width - Right} {Top} {bottom} {along.Low} {along.High}")),
                ("data-unit", chart.Unit.ToString()),
                ("data-along", chart.Along == ChartUnit.Seconds ? "Seconds" : chart.AlongName)))
            {
                Spans();
                Axes();
                for (int line = chart.Lines.Length - 1; line >= 0; line--)
                {
                    Line(chart.Lines[line], line);
                }
            }
        }
    }

    private void Legend()
    {
        using (page.In("span", "legend"))
        {
            for (int line = 0; line < chart.Lines.Length; line++)
            {
                using (page.In("span"))
                {
                    page.Tag("i", Color(line), "");
                    page.Text(Words.Name(chart.Lines[line].Name));
                }
            }
        }
    }

    private void Spans()
    {
        bool lines = chart.Spans.Length <= MostLines;
        foreach (ChartSpan span in chart.Spans.Where(span => lines || span.Class != "phase"))
        {
            double from = X(span.From), to = X(span.To);
            using (page.In("g", span.Class))
            {
                using (page.In("rect", null, ("x", Number(from)), ("y", Number(Top)), ("width", Number(Math.Max(0.5, to - from))), ("height", Number(bottom - Top))))
                {
                    page.Tag("title", null, Words.Name(span.Name));
                }

                page.Empty("line", null, ("x1", Number(from)), ("x2", Number(from)), ("y1", Number(Top)), ("y2", Number(bottom)));
            }
        }
    }

    private void Axes()
    {
        using (page.In("g", "axis"))
        {
            foreach (double tick in upright.Ticks)
            {
                page.Empty("line", "grid", ("x1", Number(Left)), ("x2", Number(width - Right)), ("y1", Number(Y(tick))), ("y2", Number(Y(tick))));
                page.Tag("text", "y", upright.Show(tick), ("x", Number(Left - 8)), ("y", Number(Y(tick) + 4)));
            }

            foreach (double tick in along.Ticks)
            {
                page.Empty("line", null, ("x1", Number(X(tick))), ("x2", Number(X(tick))), ("y1", Number(bottom)), ("y2", Number(bottom + 4)));
                page.Tag("text", "x", along.Show(tick), ("x", Number(X(tick))), ("y", Number(bottom + 17)));
            }

            if (chart.AlongName.Length > 0)
            {
                page.Tag("text", "x", chart.AlongName, ("x", Number((Left + width - Right) / 2)), ("y", Number(bottom + 34)));
            }
        }
    }

    private void Line(ChartLine line, int place)
    {
        ChartPoint[] points = line.Points;
        using (page.In(
            "g",
            "line " + Color(place),
            ("data-name", Words.Name(line.Name)),
            ("data-x", string.Join(' ', points.Select(point => Value(point.X)))),
            ("data-y", string.Join(' ', points.Select(point => Value(point.Y))))))
        {
            if (points.Any(point => point.High > point.Low))
            {
                string band = Path(points.Select(point => (point.X, point.High))) + "L" + Path(points.Reverse().Select(point => (point.X, point.Low)))[1..] + "Z";
                page.Empty("path", "band", ("d", band));
            }

            page.Empty("path", "stroke", ("d", Path(points.Select(point => (point.X, point.Y)))));
            foreach (ChartPoint point in line.Dots || points.Length == 1 ? points : [])
            {
                page.Empty("circle", null, ("cx", Number(X(point.X))), ("cy", Number(Y(point.Y))), ("r", "2.5"));
            }
        }
    }

    private string Path(IEnumerable<(double X, double Y)> points)
    {
        StringBuilder path = new();
        foreach ((double x, double y) in points)
        {
            path.Append(path.Length == 0 ? 'M' : 'L').Append(Number(X(x))).Append(' ').Append(Number(Y(y)));
        }

        return path.ToString();
    }

    private double X(double value) => Left + (Math.Clamp(along.Place(value), 0, 1) * (width - Right - Left));

    private double Y(double value) => bottom - (upright.Place(value) * (bottom - Top));

    /// <summary>The style sheet has eight colours.</summary>
    private static string Color(int line) => Invariant($"c{line % 8}");

    private static string Number(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);

    private static string Value(double number) => number.ToString("0.###", CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
