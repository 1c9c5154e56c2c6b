using System.Diagnostics;
using System.Globalization;
using Limpet.Results;
using Limpet.Text;
using Microsoft.Diagnostics.NETCore.Client;

namespace Limpet.Capture.Dumps;

/// <summary>
/// The heap of a process that may not be traced: its own runtime writes a dump of it, which is read and deleted. The process stands still
/// for as long as the dump is written, many times as long as a capture of its memory takes; the disk must hold all its memory.
/// </summary>
public static class RuntimeDump
{
    /// <summary>What createdump wrote a second where it was measured (1.7 GB in 4.5 s), rounded down.</summary>
    private const double BytesPerSecond = 350e6;

    /// <summary>Parts of libraries that every dump holds.</summary>
    private const long LibraryBytes = 64L << 20;

    private const int MostOfMessage = 400;

    private static readonly TimeSpan Start = TimeSpan.FromSeconds(0.5);

    /// <summary>What a dump would cost: how long the process would stand still, and the size of the file.</summary>
    /// <exception cref="LimpetException">There is no such process.</exception>
    public static (TimeSpan Stall, ByteSize File) Predict(int pid)
    {
        try
        {
            long bytes = File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/status"))
                .Where(line => line.StartsWith("RssAnon:", StringComparison.Ordinal) || line.StartsWith("RssShmem:", StringComparison.Ordinal))
                .Sum(line => long.Parse(line.Split(':')[1].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture) * 1024);
            return (Start + TimeSpan.FromSeconds(bytes / BytesPerSecond), new ByteSize(bytes + LibraryBytes));
        }
        catch (IOException exception)
        {
            throw new LimpetException($"There is no process {pid}. List the .NET processes with: limpet ps", exception);
        }
    }

    /// <summary>Whether an error means that no dump of a process is to be had: then the events of its runtime may still be.</summary>
    public static bool IsRefused(LimpetException error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return error.InnerException is DumpRefusedException;
    }

    /// <summary>Has the runtime write a dump, and reads it.</summary>
    /// <param name="pid">The process.</param>
    /// <param name="request">What is wanted beside the heap.</param>
    /// <param name="cancellation">Cancels; the dump is deleted, and the process goes on once its runtime has written it.</param>
    /// <returns>The heap, and how long the process stood still at most.</returns>
    /// <exception cref="LimpetException">The runtime does not answer or could not write it, the disk is too small, or the dump cannot be read.</exception>
    public static async Task<(DumpHeap Heap, TimeSpan Stall)> CaptureAsync(int pid, DumpRequest request, CancellationToken cancellation)
    {
        DirectoryInfo? folder = null;
        try
        {
            RequireRoom(pid, Path.GetTempPath());
            folder = Directory.CreateTempSubdirectory("limpet-dump-");
            string file = Path.Combine(folder.FullName, "heap.dmp");
            long start = Stopwatch.GetTimestamp();
            await WriteAsync(pid, file, cancellation).ConfigureAwait(false);
            TimeSpan stall = Stopwatch.GetElapsedTime(start);
            if (!File.Exists(file))
            {
                throw new LimpetException(Trouble.Refused, $"The runtime of process {pid} wrote its dump where limpet does not see it: it has other folders, as in a container. Run limpet in that container.");
            }

            return (DumpHeap.Open(file, request: request, cancellation: cancellation), stall);
        }
        catch (LimpetException exception)
        {
            throw new LimpetException(exception.Trouble, exception.Message, new DumpRefusedException(exception));
        }
        finally
        {
            folder?.Delete(recursive: true);
        }
    }

    /// <summary>Has the runtime write a dump with the heap into a file, which is the caller's to delete.</summary>
    /// <exception cref="LimpetException">The runtime does not answer or could not write it.</exception>
    public static async Task WriteAsync(int pid, string file, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(file);
        try
        {
            await new DiagnosticsClient(pid).WriteDumpAsync(DumpType.WithHeap, file, logDumpGeneration: false, cancellation).ConfigureAwait(false);
        }
        catch (Exception exception) when (DiagnosticsPort.IsTransport(exception))
        {
            throw new LimpetException(
                Trouble.Refused,
                $"The runtime of process {pid} does not write a dump: {InOneLine(exception.Message)}. Run limpet with CAP_SYS_PTRACE, as root for instance.",
                exception);
        }
    }

    /// <summary>Makes sure that a dump of a process fits on the disk, as far as that is known before it is written.</summary>
    /// <exception cref="LimpetException">It does not, or there is no such process.</exception>
    public static void RequireRoom(int pid, string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ByteSize needed = Predict(pid).File;
        ByteSize free = new(new DriveInfo(folder).AvailableFreeSpace);
        if (needed > free)
        {
            throw new LimpetException(Trouble.Refused, $"Refused: a dump of process {pid} would take about {needed}, and {Path.TrimEndingDirectorySeparator(folder)} has {free} free. The process was not stopped. Make room there.");
        }
    }

    /// <summary>What <c>createdump</c> says of a failure has several lines.</summary>
    private static string InOneLine(string message) =>
        Escaping.Show(string.Join("; ", message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(line => line != ".")), MostOfMessage).TrimEnd('.');
}
