namespace Limpet.Reporting.Html;

/// <summary>A line of a chart.</summary>
/// <param name="Name">What it is of; may come from a target.</param>
/// <param name="Points">Its readings, from left to right.</param>
internal sealed record ChartLine(string Name, ChartPoint[] Points)
{
    /// <summary>Whether each reading has a dot: for few of them.</summary>
    public bool Dots { get; init; }
}
