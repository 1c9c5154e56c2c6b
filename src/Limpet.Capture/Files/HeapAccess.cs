using System.Globalization;
using Limpet.Capture.Native;
using Limpet.Results;

namespace Limpet.Capture.Files;

/// <summary>Whether this process may read the memory of another one.</summary>
public static class HeapAccess
{
    /// <summary>Whether an error means that the system does not let this process trace the target: then a dump by its own runtime may still be had.</summary>
    public static bool IsTraceRefused(LimpetException error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return error.InnerException is PtraceRefusedException;
    }

    /// <summary>Why the memory of a process cannot be read, with the remedy; null when it can. The process is not touched: opening its memory file asks the kernel the question that a trace asks.</summary>
    /// <param name="pid">The process.</param>
    public static string? Refusal(int pid)
    {
        try
        {
            using FileStream memory = new(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/mem"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            return null;
        }
        catch (UnauthorizedAccessException)
        {
            return PtraceRefusal.Describe(pid, LibC.NotPermitted);
        }
        catch (IOException)
        {
            return $"Process {pid} has ended.";
        }
    }
}
