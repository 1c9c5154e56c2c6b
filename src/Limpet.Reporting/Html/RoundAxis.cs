using Limpet.Results;

namespace Limpet.Reporting.Html;

/// <summary>The rounds of a hunt along an axis: by the operations done until then, or by time where there were none to count.</summary>
internal sealed class RoundAxis
{
    private readonly double[] places;
    private readonly bool byTime;
    private readonly ChartSpan[] warmup;

    private RoundAxis(double[] places, bool byTime, ChartSpan[] warmup) => (this.places, this.byTime, this.warmup) = (places, byTime, warmup);

    public static RoundAxis Of(IReadOnlyList<RoundMeasurement> rounds)
    {
        double done = 0;
        double[] operations = [.. rounds.Select(round => done += round.Operations)];
        // A hunt without a driver counts stretches of time, one a round: time says more.
        bool byTime = rounds.All(round => round.Operations <= 2);
        double[] places = byTime ? [.. rounds.Select(round => round.AtSeconds)] : operations;
        int last = -1;
        for (int round = 0; round < rounds.Count && rounds[round].Kind == "Warmup"; round++)
        {
            last = round;
        }

        return new RoundAxis(places, byTime, last < 0 ? [] : [new ChartSpan(0, places[last], "warm-up", "warmup")]);
    }

    /// <summary>The chart of one number by round; null where a round does not have it.</summary>
    public Chart Chart(string title, ChartUnit unit, Func<int, double?> value)
    {
        ChartPoint[] points = [.. places.Select((place, round) => (place, Value: value(round))).Where(one => one.Value is not null).Select(one => new ChartPoint(one.place, one.Value!.Value))];
        return new Chart(title, unit, byTime ? ChartUnit.Seconds : ChartUnit.Count, [new ChartLine(title, points) { Dots = true }])
        {
            Spans = warmup,
            AlongName = byTime ? "" : "operations",
        };
    }
}
