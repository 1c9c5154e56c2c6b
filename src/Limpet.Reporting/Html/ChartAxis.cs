using System.Globalization;
using Limpet.Reporting.Text;

namespace Limpet.Reporting.Html;

/// <summary>An axis: which numbers it reaches from and to, and where it has ticks.</summary>
/// <param name="Unit">What the numbers are.</param>
/// <param name="Low">The number at its start.</param>
/// <param name="High">The number at its end.</param>
/// <param name="Ticks">The numbers that are written beside it.</param>
internal sealed record ChartAxis(ChartUnit Unit, double Low, double High, double[] Ticks)
{
    private static readonly double[] CountSteps = [1, 2, 5];
    private static readonly double[] ByteSteps = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512];
    private static readonly double[] TimeSteps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400];

    /// <summary>An upright axis. It begins at 0, unless the readings are a small change of something large; so little of a change does not fill the height.</summary>
    public static ChartAxis Upright(ChartUnit unit, double low, double high, int ticks)
    {
        const double SmallChange = 0.6;
        // Sizes are written in three digits: the ticks must differ in them.
        double least = Math.Max(high * 0.04, unit == ChartUnit.Bytes ? 64 * 1024 : 4);
        if (low < SmallChange * high || high < least)
        {
            return From(unit, Math.Min(0, low), Math.Max(high, unit == ChartUnit.Bytes ? 1024 : 1), ticks);
        }

        double missing = Math.Max(0, least - (high - low)) / 2;
        return From(unit, Math.Max(0, low - missing), high + missing, ticks);
    }

    /// <summary>A level axis, as long as its numbers.</summary>
    public static ChartAxis Level(ChartUnit unit, double low, double high, int ticks)
    {
        double end = high > low ? high : low + 1;
        double step = Step(unit, (end - low) / ticks);
        return new ChartAxis(unit, low, end, [.. Marks(Math.Ceiling(low / step) * step, end, step)]);
    }

    /// <summary>Where a number lies, as a share of the axis.</summary>
    public double Place(double value) => (value - Low) / (High - Low);

    /// <summary>A number of the axis in words.</summary>
    public string Show(double value) => Unit switch
    {
        ChartUnit.Bytes => Words.Bytes(value),
        ChartUnit.Seconds => Time(value),
        _ => Words.Count(value),
    };

    private static ChartAxis From(ChartUnit unit, double low, double high, int ticks)
    {
        double step = Step(unit, (high - low) / ticks);
        double first = Math.Floor(low / step) * step, last = Math.Ceiling(high / step) * step;
        return new ChartAxis(unit, first, last, [.. Marks(first, last, step)]);
    }

    private static IEnumerable<double> Marks(double first, double last, double step)
    {
        int count = (int)Math.Floor(((last - first) / step) + 1e-9);
        return Enumerable.Range(0, count + 1).Select(mark => first + (mark * step));
    }

    /// <summary>The smallest round number that is no less.</summary>
    private static double Step(ChartUnit unit, double least)
    {
        if (unit == ChartUnit.Seconds && least > TimeSteps[0])
        {
            return Array.Find(TimeSteps, step => step >= least) is > 0 and double found ? found : Math.Ceiling(least / 86400) * 86400;
        }

        (double[] steps, double power) = unit == ChartUnit.Bytes ? (ByteSteps, 1024.0) : (CountSteps, 10.0);
        double scale = unit == ChartUnit.Seconds ? 0.001 : 1;
        while (scale * steps[^1] < least)
        {
            scale *= power;
            if (scale * steps[0] >= least)
            {
                break;
            }
        }

        return steps.Select(step => step * scale).FirstOrDefault(step => step >= least, scale * power);
    }

    private static string Time(double seconds) => Math.Abs(seconds) switch
    {
        0 => "0",
        < 10 => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.###} s"),
        < 120 => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.#} s"),
        < 7200 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:0.#} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:0.#} h"),
    };
}
