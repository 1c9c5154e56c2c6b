using Limpet.Capture.Native;
using Limpet.Results;
using Microsoft.Diagnostics.Runtime;

namespace Limpet.Capture.Live;

/// <summary>Attaches the debugging library passively, and says clearly why when it cannot.</summary>
internal static class RuntimeAttachment
{
    private static readonly TimeSpan EndIsSeen = TimeSpan.FromSeconds(1);

    public static (DataTarget Target, ClrRuntime Runtime) Attach(int pid)
    {
        if (!Directory.Exists($"/proc/{pid}"))
        {
            throw new LimpetException($"There is no process {pid}. List the .NET processes with: limpet ps");
        }

        CheckReadable(pid);
        DataTarget? target = null;
        try
        {
            target = new DataTarget(new SurvivingDataReader(DataTarget.AttachToProcess(pid, suspend: false).DataReader), new DataTargetOptions());
            if (target.ClrVersions.IsEmpty)
            {
                throw new LimpetException(NotDotNet(pid));
            }

            return (target, target.ClrVersions[0].CreateRuntime());
        }
        catch (LimpetException)
        {
            target?.Dispose();
            throw;
        }
        catch (Exception exception) when (exception is ClrDiagnosticsException or IOException or InvalidOperationException or ArgumentException or UnauthorizedAccessException)
        {
            target?.Dispose();
            // Its memory goes before it does: the failure may be noticed before the end.
            if (SpinWait.SpinUntil(() => HasEnded(pid), EndIsSeen) || exception.Message.Contains("exited", StringComparison.Ordinal))
            {
                throw new LimpetException(Trouble.NotRun, $"Process {pid} ended while it was being read.", exception);
            }

            throw new LimpetException(
                Trouble.Refused,
                $"Cannot read the runtime of process {pid}: {exception.Message} Its libmscordaccore.so must lie beside its libcoreclr.so.",
                exception);
        }
    }

    /// <summary>Whether a process is over, be it that nobody has taken notice of its end yet.</summary>
    public static bool HasEnded(int pid)
    {
        try
        {
            string stat = File.ReadAllText($"/proc/{pid}/stat");
            return stat[stat.LastIndexOf(')') + 2] is 'Z' or 'X';
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <summary>Whether the base library is loaded and the heap has segments. A view of a runtime in the middle of its start has neither, or half of them.</summary>
    public static bool IsStarted(ClrRuntime runtime)
    {
        try
        {
            return !runtime.AppDomains.IsEmpty
                && runtime.BaseClassLibrary is not null
                && runtime.Heap is { FreeType.MethodTable: not 0, Segments.IsEmpty: false };
        }
        catch (Exception exception) when (exception is NullReferenceException or InvalidOperationException or ClrDiagnosticsException or InvalidDataException)
        {
            return false;
        }
    }

    /// <summary>The loader allocator's object of a collectible type; 0 when it has none any more.</summary>
    public static ulong LoaderAllocator(ClrRuntime runtime, ulong methodTable)
    {
        ulong handle = runtime.GetTypeByMethodTable(methodTable)?.LoaderAllocatorHandle ?? 0;
        return handle == 0 ? 0 : runtime.DataTarget.DataReader.ReadPointer(handle);
    }

    private static unsafe void CheckReadable(int pid)
    {
        // One byte of what it may read itself: the kernel applies the same rule as to the heap. The first mapping may be address space that is only reserved.
        string? line = null;
        try
        {
            line = File.ReadLines($"/proc/{pid}/maps").FirstOrDefault(mapping => mapping.Contains(" r", StringComparison.Ordinal));
        }
        catch (UnauthorizedAccessException)
        {
            throw PtraceRefusal.Error(pid, LibC.NotPermitted);
        }
        catch (IOException)
        {
            throw new LimpetException($"Process {pid} has gone. List the .NET processes with: limpet ps");
        }

        if (line is null)
        {
            throw new LimpetException($"Process {pid} has no memory: it is a kernel thread or a zombie. List the .NET processes with: limpet ps");
        }

        ulong address = Convert.ToUInt64(line[..line.IndexOf('-', StringComparison.Ordinal)], 16);
        byte value;
        if (new ProcessMemory(pid).Read(address, &value, 1) != 1)
        {
            throw PtraceRefusal.Error(pid, System.Runtime.InteropServices.Marshal.GetLastPInvokeError());
        }
    }

    private static string NotDotNet(int pid)
    {
        string[] maps = File.ReadAllLines($"/proc/{pid}/maps");
        return maps.Any(line => line.Contains("libSystem.Native", StringComparison.Ordinal))
            ? $"Process {pid} is a NativeAOT program: its heap has no runtime that could describe it. Hunt the same program as a regular build; limpet watch follows it as it is."
            : maps.Any(line => line.Contains("/memfd:doublemapper", StringComparison.Ordinal))
                ? $"Process {pid} is a self-contained single-file program: its runtime is inside it, without the part that describes its heap. Publish it without PublishSingleFile or with --no-self-contained; limpet watch follows it as it is."
                : $"Process {pid} is not a .NET process. List the .NET processes with: limpet ps";
    }
}
