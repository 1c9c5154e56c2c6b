using System.Globalization;
using Limpet.Results;

namespace Limpet.Reporting.Text;

/// <summary>How far it is to a limit, in words.</summary>
internal static class ProjectionWords
{
    /// <summary>Such as <c>descriptor limit 1,024 in about 302 phases (250 to 400), 151 s; 17 used</c>.</summary>
    public static string Of(LimitProjection projection) => $"{Name(projection)} {Amount(projection, projection.LimitValue)} in about {When(projection)}; {Amount(projection, projection.Used)} used";

    /// <summary>What limit it is.</summary>
    public static string Name(LimitProjection projection) => projection.Limit switch
    {
        "openFiles" => "descriptor limit",
        "cgroupMemory" => "memory limit of the control group",
        _ => "memory of the machine",
    };

    /// <summary>An amount in the unit of the limit.</summary>
    public static string Amount(LimitProjection projection, double amount) => projection.Limit is "openFiles" ? Words.Count(amount) : Words.Bytes(amount);

    /// <summary>How many phases and seconds, with the interval.</summary>
    public static string When(LimitProjection projection)
    {
        string seconds = projection.InSeconds is { } time ? Long(time) : "";
        return projection.InPhases is { } phases ? $"{Words.Many(phases, "phase")}{Interval(projection)}, {seconds}" : seconds;
    }

    private static string Interval(LimitProjection projection) =>
        projection.Low is not { } low ? ""
        : projection.High is { } high ? $" ({Words.Count(low)} to {Words.Count(high)})"
        : $" ({Words.Count(low)} at the least)";

    private static string Long(double seconds) => seconds switch
    {
        < 120 => seconds.ToString("0 s", CultureInfo.InvariantCulture),
        < 7200 => (seconds / 60).ToString("0 min", CultureInfo.InvariantCulture),
        < 172800 => (seconds / 3600).ToString("0 h", CultureInfo.InvariantCulture),
        _ => (seconds / 86400).ToString("0 'days'", CultureInfo.InvariantCulture),
    };
}
