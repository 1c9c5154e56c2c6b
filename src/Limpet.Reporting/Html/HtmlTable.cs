using System.Globalization;

namespace Limpet.Reporting.Html;

/// <summary>Tables and lists of facts.</summary>
internal static class HtmlTable
{
    /// <summary>Names and values side by side; nothing where there are none.</summary>
    public static void Facts(HtmlPage page, IEnumerable<(string What, string Value)> facts)
    {
        (string What, string Value)[] all = [.. facts];
        if (all.Length == 0)
        {
            return;
        }

        using (page.In("dl", "facts"))
        {
            foreach ((string what, string value) in all)
            {
                page.Tag("dt", null, what);
                page.Tag("dd", null, value);
            }
        }
    }

    /// <summary>A heading and a table, which a script may sort; nothing where there is no row.</summary>
    /// <param name="page">Where to.</param>
    /// <param name="heading">What the table is of.</param>
    /// <param name="titles">Titles of the columns.</param>
    /// <param name="rows">The rows; a class or null, and the cells.</param>
    public static void Write(HtmlPage page, string heading, IReadOnlyCollection<string> titles, IEnumerable<(string? Class, HtmlCell[] Cells)> rows)
    {
        (string? Class, HtmlCell[] Cells)[] all = [.. rows];
        if (all.Length == 0)
        {
            return;
        }

        using (page.In("section"))
        {
            page.Tag("h2", null, heading);
            using (page.In("div", "scroll"))
            using (page.In("table"))
            {
                using (page.In("thead"))
                using (page.In("tr"))
                {
                    foreach ((string title, HtmlCell cell) in titles.Zip(all[0].Cells))
                    {
                        page.Tag("th", cell.Class == "n" ? "n" : null, title, ("scope", "col"));
                    }
                }

                using (page.In("tbody"))
                {
                    foreach ((string? classes, HtmlCell[] cells) in all)
                    {
                        using (page.In("tr", classes))
                        {
                            foreach (HtmlCell cell in cells)
                            {
                                Cell(page, cell);
                            }
                        }
                    }
                }
            }
        }
    }

    private static void Cell(HtmlPage page, HtmlCell cell)
    {
        if (cell.Number is { } number)
        {
            page.Tag("td", cell.Class, cell.Text, ("data-v", number.ToString("0.###", CultureInfo.InvariantCulture)));
        }
        else
        {
            page.Tag("td", cell.Class, cell.Text);
        }
    }
}
