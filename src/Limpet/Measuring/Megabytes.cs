using System.Globalization;
using Limpet.Results;

namespace Limpet.Measuring;

/// <summary>Megabytes of 1,048,576 bytes, in which the limits of the profiler are given.</summary>
internal static class Megabytes
{
    public static double Of(ByteSize size) => size.Bytes / (1024.0 * 1024.0);

    /// <summary>With two digits behind the point and the sign of a growth.</summary>
    public static string Signed(double megabytes) => megabytes.ToString("+0.00;-0.00;0.00", CultureInfo.InvariantCulture) + " MB";
}
