using System.Globalization;
using Limpet.Results;

namespace Limpet.Capture.Native;

/// <summary>Says why a process could not be traced and what to do about it.</summary>
internal static class PtraceRefusal
{
    private const string YamaSwitch = "/proc/sys/kernel/yama/ptrace_scope";

    public static string Describe(int pid, int error)
    {
        if (TracerOf(pid) is int tracer and not 0)
        {
            return $"Cannot read process {pid}: process {tracer} traces it already (a debugger or another limpet). End that one first.";
        }

        string scope = File.Exists(YamaSwitch) ? File.ReadAllText(YamaSwitch).Trim() : "none";
        string why = scope is "none" or "0" ? "" : $" (yama ptrace_scope={scope})";
        return $"Cannot read process {pid}: ptrace is refused{why}, errno {error}. Run limpet as the same user as the process or with CAP_SYS_PTRACE.";
    }

    /// <summary>The refusal as an error.</summary>
    public static LimpetException Error(int pid, int error)
    {
        string message = Describe(pid, error);
        return new LimpetException(Trouble.Refused, message, new PtraceRefusedException(message));
    }

    private static int TracerOf(int pid)
    {
        try
        {
            string? line = File.ReadLines($"/proc/{pid}/status").FirstOrDefault(line => line.StartsWith("TracerPid:", StringComparison.Ordinal));
            return line is null ? 0 : int.Parse(line.AsSpan("TracerPid:".Length).Trim(), CultureInfo.InvariantCulture);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }
}
