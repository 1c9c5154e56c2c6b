namespace Limpet.Reporting.Html;

/// <summary>What a chart shows.</summary>
/// <param name="Title">What it is of.</param>
/// <param name="Unit">The unit of the readings.</param>
/// <param name="Along">The unit of the level axis.</param>
/// <param name="Lines">The lines, the most important first.</param>
internal sealed record Chart(string Title, ChartUnit Unit, ChartUnit Along, ChartLine[] Lines)
{
    /// <summary>Named stretches of the level axis.</summary>
    public ChartSpan[] Spans { get; init; } = [];

    /// <summary>What stands below the level axis, such as <c>operations</c>; empty where its ticks say it.</summary>
    public string AlongName { get; init; } = "";

    /// <summary>Whether it has the whole width of the page to itself.</summary>
    public bool Wide { get; init; } = true;
}
