using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Diagnostics.Runtime;

namespace Limpet.Bench.Capturing;

/// <summary>
/// The floor under any stall: copies the heap's segments by <c>process_vm_readv(2)</c> into one buffer of 4 MiB that is warm, on
/// one thread. The target runs meanwhile; what it writes does not matter here.
/// </summary>
internal static unsafe partial class CopyMeasurement
{
    private const int BufferBytes = 4 << 20;
    private const int Times = 7;

    public static int Run(int pid)
    {
        (ulong Start, ulong End)[] segments = Segments(pid);
        byte* buffer = (byte*)NativeMemory.AlignedAlloc(BufferBytes, 4096);
        NativeMemory.Clear(buffer, BufferBytes);
        CopyFigures[] copies = [.. Enumerable.Range(0, Times).Select(_ => Copy(pid, segments, buffer))];
        NativeMemory.AlignedFree(buffer);

        // The first one pays for the kernel's page tables; the rest are what a warm copy costs.
        Console.WriteLine(JsonSerializer.Serialize(copies.Skip(1).OrderBy(copy => copy.Time).ElementAt((Times - 1) / 2)));
        return 0;
    }

    private static (ulong Start, ulong End)[] Segments(int pid)
    {
        using DataTarget target = DataTarget.AttachToProcess(pid, suspend: false);
        using ClrRuntime runtime = target.ClrVersions[0].CreateRuntime();
        return [.. runtime.Heap.Segments.Select(segment => (segment.ObjectRange.Start, segment.ObjectRange.End)).Where(range => range.End > range.Start)];
    }

    private static CopyFigures Copy(int pid, (ulong Start, ulong End)[] segments, byte* buffer)
    {
        long bytes = 0;
        long start = Stopwatch.GetTimestamp();
        foreach ((ulong begin, ulong end) in segments)
        {
            for (ulong position = begin; position < end;)
            {
                var local = new IoVector { Base = buffer, Length = (nuint)Math.Min(BufferBytes, end - position) };
                var remote = local with { Base = (void*)position };
                nint read = ReadMemory(pid, &local, 1, &remote, 1, 0);
                if (read <= 0)
                {
                    throw new InvalidOperationException($"Cannot read process {pid} at {position:x} (errno {Marshal.GetLastPInvokeError()}).");
                }

                bytes += read;
                position += (ulong)read;
            }
        }

        return new CopyFigures(Stopwatch.GetElapsedTime(start), bytes);
    }

    [LibraryImport("libc", EntryPoint = "process_vm_readv", SetLastError = true)]
    private static partial nint ReadMemory(int pid, IoVector* local, nuint localCount, IoVector* remote, nuint remoteCount, nuint flags);

    [StructLayout(LayoutKind.Sequential)]
    private struct IoVector
    {
        public void* Base;
        public nuint Length;
    }
}
