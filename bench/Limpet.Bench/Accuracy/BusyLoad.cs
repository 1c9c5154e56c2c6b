using System.Diagnostics;
using System.Globalization;
using Limpet.Bench.Processes;

namespace Limpet.Bench.Accuracy;

/// <summary>A process for each core that computes all the time, until this is disposed.</summary>
internal sealed class BusyLoad : IDisposable
{
    private readonly LineProcess[] processes;

    private BusyLoad(int count) => processes = [.. Enumerable.Range(0, count).Select(_ => LineProcess.Start(
        Folders.BenchDll, ["burn", Environment.ProcessId.ToString(CultureInfo.InvariantCulture)]))];

    /// <summary>On every core, or nowhere.</summary>
    public static BusyLoad Start(bool busy) => new(busy ? Environment.ProcessorCount : 0);

    /// <summary>What such a process does. It ends with the one that started it, however that ended.</summary>
    public static int Burn(int parent)
    {
        while (IsRunning(parent))
        {
            long until = Stopwatch.GetTimestamp() + Stopwatch.Frequency;
            while (Stopwatch.GetTimestamp() < until)
            {
                Thread.SpinWait(10_000);
            }
        }

        return 0;
    }

    public void Dispose()
    {
        foreach (LineProcess process in processes)
        {
            process.Dispose();
        }
    }

    private static bool IsRunning(int pid) => Directory.Exists($"/proc/{pid}");
}
