using System.Globalization;

namespace Limpet.Bench.Processes;

/// <summary>The most physical memory that this process has ever held.</summary>
internal static class OwnPeak
{
    /// <summary>From now on only what is held from now on counts (Linux, <c>/proc/PID/clear_refs</c>).</summary>
    public static void Reset() => File.WriteAllText("/proc/self/clear_refs", "5");

    public static long Bytes() => 1024 * long.Parse(
        File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture);
}
