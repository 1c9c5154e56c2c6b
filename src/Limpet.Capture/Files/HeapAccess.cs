using System.Globalization;
using Limpet.Capture.Native;

namespace Limpet.Capture.Files;

/// <summary>Whether this process may read the memory of another one.</summary>
public static class HeapAccess
{
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
