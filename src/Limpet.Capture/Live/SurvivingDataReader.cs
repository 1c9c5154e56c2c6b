using System.Runtime.InteropServices;
using Microsoft.Diagnostics.Runtime;
using Microsoft.Diagnostics.Runtime.DataReaders.Implementation;

namespace Limpet.Capture.Live;

/// <summary>
/// The debugging library's reader of a live process, made to survive the end of that process. The original throws from inside a
/// native callback when the process has gone, which no handler can catch; this one reads nothing instead, and the end of the
/// process is found out afterwards.
/// </summary>
internal sealed class SurvivingDataReader(IDataReader inner) : IDataReader, IThreadReader, IDisposable
{
    public string DisplayName => inner.DisplayName;

    public bool IsThreadSafe => inner.IsThreadSafe;

    public OSPlatform TargetPlatform => inner.TargetPlatform;

    public Architecture Architecture => inner.Architecture;

    public int ProcessId => inner.ProcessId;

    public int PointerSize => inner.PointerSize;

    public IEnumerable<ModuleInfo> EnumerateModules() => inner.EnumerateModules();

    public bool GetThreadContext(uint threadId, uint contextFlags, Span<byte> context)
    {
        try
        {
            return inner.GetThreadContext(threadId, contextFlags, context);
        }
        catch (Exception exception) when (IsEndOfProcess(exception))
        {
            return false;
        }
    }

    public void FlushCachedData() => inner.FlushCachedData();

    public int Read(ulong address, Span<byte> buffer)
    {
        try
        {
            return inner.Read(address, buffer);
        }
        catch (Exception exception) when (IsEndOfProcess(exception))
        {
            return 0;
        }
    }

    public unsafe bool Read<T>(ulong address, out T value)
        where T : unmanaged
    {
        value = default;
        fixed (T* destination = &value)
        {
            return Read(address, new Span<byte>(destination, sizeof(T))) == sizeof(T);
        }
    }

    public T Read<T>(ulong address)
        where T : unmanaged => Read(address, out T value) ? value : default;

    public bool ReadPointer(ulong address, out ulong value) => Read(address, out value);

    public ulong ReadPointer(ulong address) => Read<ulong>(address);

    public IEnumerable<uint> EnumerateOSThreadIds()
    {
        try
        {
            return inner is IThreadReader threads ? [.. threads.EnumerateOSThreadIds()] : [];
        }
        catch (Exception exception) when (IsEndOfProcess(exception))
        {
            return [];
        }
    }

    public ulong GetThreadTeb(uint osThreadId) => inner is IThreadReader threads ? threads.GetThreadTeb(osThreadId) : 0;

    public void Dispose() => (inner as IDisposable)?.Dispose();

    private static bool IsEndOfProcess(Exception exception) =>
        exception is InvalidOperationException or IOException or UnauthorizedAccessException or ClrDiagnosticsException or ArgumentException;
}
