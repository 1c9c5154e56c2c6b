using System.Globalization;
using System.Runtime.InteropServices;

namespace Limpet.Bench.Processes;

/// <summary>What a reader must know of the machine and the moment to judge the figures below.</summary>
internal static class BenchHeading
{
    /// <summary>Prints it.</summary>
    /// <param name="more">What else the figures depend on.</param>
    public static void Write(params ReadOnlySpan<string> more) => Console.WriteLine(string.Join(", ", (ReadOnlySpan<string?>)
    [
        string.Create(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC, {Environment.ProcessorCount} cores, load {Load():0.00} before the start, {RuntimeInformation.FrameworkDescription}, built {Folders.Configuration}"),
        .. more,
    ]));

    /// <summary>The load average of the last minute.</summary>
    public static double Load() => double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture);
}
