using Limpet.Resources.Linux;
using Limpet.Results;

namespace Limpet.Resources;

/// <summary>The readers of the platform that this process runs on.</summary>
public static class ProcessReaders
{
    /// <summary>Whether this platform has readers. Only Linux has.</summary>
    public static bool Supported => OperatingSystem.IsLinux();

    /// <summary>What a process holds.</summary>
    public static IProcessReader Reader => Supported ? LinuxProcessReader.Instance : throw Unsupported();

    /// <summary>Which processes a process started.</summary>
    public static IProcessTree Tree => Supported ? LinuxProcessTree.Instance : throw Unsupported();

    /// <summary>Whether a process runs .NET.</summary>
    public static IDotNetProcessDetector DotNet => Supported ? LinuxDotNetProcessDetector.Instance : throw Unsupported();

    /// <summary>How full the machine is, and how full the system lets a process make it.</summary>
    public static ILimitReader Limits => Supported ? LinuxLimitReader.Instance : throw Unsupported();

    /// <summary>What this machine allows.</summary>
    public static IMachineReader Machine => Supported ? LinuxMachineReader.Instance : throw Unsupported();

    /// <summary>Opens a process that is to be read again and again.</summary>
    /// <param name="pid">The process.</param>
    /// <returns>The probe; null when there is no such process.</returns>
    public static IProcessProbe? Open(int pid) => Supported ? LinuxProcessProbe.Open(pid) : throw Unsupported();

    /// <summary>Which processes appear, asked again and again.</summary>
    public static IProcessArrivals Arrivals() => Supported ? new LinuxProcessArrivals() : throw Unsupported();

    /// <summary>Time since the machine started, on the clock in which start times are counted.</summary>
    public static TimeSpan SinceBoot => Supported ? Native.SinceBoot() : throw Unsupported();

    /// <summary>A start time in clock ticks as a time since the machine started; exact to 10 ms, rounded down.</summary>
    /// <param name="startTime">Clock ticks.</param>
    public static TimeSpan SinceBootOf(long startTime) => TimeSpan.FromSeconds((double)startTime / LinuxProcessProbe.TicksPerSecond);

    private static LimpetException Unsupported() => new(
        Trouble.Refused,
        $"Processes cannot be read on {Environment.OSVersion.Platform}: only Linux is supported. Run limpet in a Linux container or machine, or look at a dump.");
}
