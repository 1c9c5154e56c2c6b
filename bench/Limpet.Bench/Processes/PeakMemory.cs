using System.Globalization;

namespace Limpet.Bench.Processes;

/// <summary>The most physical memory that this process has ever held, or another one.</summary>
internal static class PeakMemory
{
    /// <summary>From now on only what is held from now on counts (Linux, <c>/proc/PID/clear_refs</c>).</summary>
    public static void Reset() => File.WriteAllText("/proc/self/clear_refs", "5");

    public static long Bytes() => Read("/proc/self/status") ?? throw new InvalidOperationException("The system does not say how much memory this process held.");

    /// <summary>Of another process; null when it is over.</summary>
    public static long? Of(int pid)
    {
        try
        {
            return Read(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/status"));
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static long? Read(string status) =>
        File.ReadLines(status).FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)) is { } line
            ? 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture)
            : null;
}
