using System.Collections.Immutable;
using Limpet.Results;

namespace Limpet.Cli.Watching.Tree;

/// <summary>
/// The course of one number in bounded memory: when it is full, neighbours are joined, two by two, and each keeps its extremes. 32 bytes a point, 480 points.
/// </summary>
internal sealed class ThinnedSeries
{
    /// <summary>Points that are kept at most.</summary>
    public const int Capacity = 480;

    private readonly List<SeriesPoint> points = [];
    private int joined = 1;
    private int inLast;

    /// <summary>The points, oldest first.</summary>
    public ImmutableArray<SeriesPoint> Points => [.. points];

    /// <summary>The last points, oldest first.</summary>
    public ImmutableArray<SeriesPoint> Latest(int most) => [.. points.Skip(points.Count - most)];

    /// <summary>The points, neighbours joined until there are no more than asked for.</summary>
    public ImmutableArray<SeriesPoint> Thinned(int most)
    {
        int together = (points.Count + most - 1) / most;
        return together <= 1 ? Points : [.. points.Chunk(together).Select(chunk => chunk.Aggregate(Join))];
    }

    /// <summary>Adds a reading.</summary>
    public void Add(TimeSpan at, double value)
    {
        if (inLast > 0 && inLast < joined)
        {
            SeriesPoint last = points[^1];
            points[^1] = last with { Min = Math.Min(last.Min, value), Max = Math.Max(last.Max, value), Last = value };
            inLast++;
            return;
        }

        if (points.Count == Capacity)
        {
            for (int i = 0; i < Capacity / 2; i++)
            {
                points[i] = Join(points[2 * i], points[(2 * i) + 1]);
            }

            points.RemoveRange(Capacity / 2, Capacity / 2);
            joined *= 2;
        }

        points.Add(new SeriesPoint(at.TotalSeconds, value, value, value));
        inLast = 1;
    }

    private static SeriesPoint Join(SeriesPoint left, SeriesPoint right) =>
        new(left.AtSeconds, Math.Min(left.Min, right.Min), Math.Max(left.Max, right.Max), right.Last);
}
