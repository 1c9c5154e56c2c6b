namespace Limpet.Reporting.Html;

/// <summary>A reading in a chart.</summary>
/// <param name="X">Where it lies on the level axis.</param>
/// <param name="Y">The reading.</param>
/// <param name="Low">The lowest of the readings that it stands for.</param>
/// <param name="High">The highest.</param>
internal readonly record struct ChartPoint(double X, double Y, double Low, double High)
{
    /// <summary>A single reading.</summary>
    public ChartPoint(double x, double y)
        : this(x, y, y, y)
    {
    }
}
