using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Limpet.Bench.Processes;

/// <summary>
/// Has the machine ready to hand out memory. A virtual machine may have given free memory back to its host, which takes longer to return it than a capture takes:
/// that belongs neither to us nor to a peer, and would fall on whoever comes first.
/// </summary>
internal static unsafe class MachineMemory
{
    private const nuint Page = 4096;

    /// <summary>Touches as much memory as a measurement may need, or half of what is free, and gives it back to the system.</summary>
    /// <returns>How long that took.</returns>
    public static TimeSpan Warm(long bytes)
    {
        nuint length = (nuint)Math.Min(bytes, Available() / 2);
        long start = Stopwatch.GetTimestamp();
        byte* memory = (byte*)NativeMemory.Alloc(length);
        for (nuint at = 0; at < length; at += Page)
        {
            memory[at] = 1;
        }

        NativeMemory.Free(memory);
        return Stopwatch.GetElapsedTime(start);
    }

    /// <summary>Two words for the heading: what a gigabyte took to touch that was free for long, and right afterwards.</summary>
    public static string Describe()
    {
        const long Gigabyte = 1_000_000_000;
        TimeSpan first = Warm(Gigabyte);
        TimeSpan again = Warm(Gigabyte);
        return string.Create(CultureInfo.InvariantCulture, $"a GB of memory handed out in {first.TotalSeconds:0.00} s, again in {again.TotalSeconds:0.00} s");
    }

    private static long Available() => 1024 * long.Parse(
        File.ReadLines("/proc/meminfo").First(line => line.StartsWith("MemAvailable:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
}
