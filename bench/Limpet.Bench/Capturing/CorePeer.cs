using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using Limpet.Bench.Processes;
using Limpet.Capture.Dumps;

namespace Limpet.Bench.Capturing;

/// <summary>
/// The peer over a core dump: the target's runtime has <c>createdump</c> write one, and a new process walks it with ClrMD. The dump is as large as the memory of
/// the target and is not left behind, also when a signal ends the run.
/// </summary>
internal sealed class CorePeer : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("limpet-bench-core-");
    private readonly PosixSignalRegistration[] signals;
    private LineProcess? walking;
    private volatile bool isEnding;

    public CorePeer() =>
        signals = [.. ((PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP]).Select(signal => PosixSignalRegistration.Create(signal, _ => End()))];

    /// <summary>Makes sure that the disk holds a dump.</summary>
    /// <exception cref="Limpet.Results.LimpetException">It does not.</exception>
    public static void RequireRoom(BenchTarget target) => RuntimeDump.RequireRoom(target.Id, Path.GetTempPath());

    /// <summary>Writes a dump, walks it, and deletes it.</summary>
    /// <exception cref="Limpet.Results.LimpetException">The disk has no room for it, or the runtime writes none.</exception>
    public CoreFigures Measure(BenchTarget target)
    {
        RequireRoom(target);
        try
        {
            return Measure(target, Path.Combine(folder.FullName, "target.dmp"));
        }
        catch (Exception) when (isEnding)
        {
            // The signal has ended the walk and taken the file away. It also ends this process, and must not be answered with an error.
            Thread.Sleep(Timeout.Infinite);
            throw;
        }
    }

    public void Dispose()
    {
        Delete();
        Array.ForEach(signals, signal => signal.Dispose());
    }

    private CoreFigures Measure(BenchTarget target, string file)
    {
        target.WarmMachine();
        target.LargestGap();
        long start = Stopwatch.GetTimestamp();
        RuntimeDump.WriteAsync(target.Id, file, CancellationToken.None).GetAwaiter().GetResult();
        TimeSpan written = Stopwatch.GetElapsedTime(start);
        TimeSpan stall = target.LargestGap();
        target.WarmMachine();
        start = Stopwatch.GetTimestamp();
        using LineProcess process = LineProcess.Start(Folders.BenchDll, ["measure", "clrmd-core", file], CaptureBench.Defaults);
        walking = process;
        WalkFigures walk = JsonSerializer.Deserialize<WalkFigures>(process.ReadLine())!;
        process.AwaitEnd();
        walking = null;
        CoreFigures figures = new(written, stall, new FileInfo(file).Length, walk with { WholeProcess = Stopwatch.GetElapsedTime(start) });
        File.Delete(file);
        return figures;
    }

    /// <summary>As long as a process has the file open its room is not free.</summary>
    private void End()
    {
        isEnding = true;
        walking?.Kill();
        Delete();
    }

    private void Delete()
    {
        const int Tries = 10;
        for (int time = 1; Directory.Exists(folder.FullName); time++)
        {
            try
            {
                folder.Delete(recursive: true);
            }
            catch (IOException) when (time < Tries)
            {
                // The dump was begun meanwhile.
            }
        }
    }
}
