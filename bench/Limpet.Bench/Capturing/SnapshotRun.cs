using System.Diagnostics;
using System.Globalization;
using Limpet.Bench.Processes;

namespace Limpet.Bench.Capturing;

/// <summary>One run of <c>limpet snapshot</c> as a user runs it.</summary>
/// <param name="WholeProcess">From its start to its end; null when it could not be measured.</param>
/// <param name="FileBytes">Size of what it wrote.</param>
/// <param name="PeakBytes">The most physical memory that it held, as it was last read before its end; null when it was never read.</param>
/// <param name="WhyNot">Why it could not be measured.</param>
internal sealed record SnapshotRun(TimeSpan? WholeProcess, long FileBytes, long? PeakBytes, string? WhyNot)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5);

    public static SnapshotRun Of(int pid)
    {
        if (!File.Exists(Folders.CliDll))
        {
            return new SnapshotRun(null, 0, null, $"there is no {Folders.CliDll}");
        }

        DirectoryInfo folder = Directory.CreateTempSubdirectory("limpet-bench-");
        try
        {
            string file = Path.Combine(folder.FullName, "bench.limpet");
            long start = Stopwatch.GetTimestamp();
            using LineProcess process = LineProcess.Start(Folders.CliDll, ["snapshot", pid.ToString(CultureInfo.InvariantCulture), "-o", file]);
            Task<(int Code, string, string Errors)> end = Task.Run(process.AwaitEnd);
            long? peak = null;
            while (!end.Wait(Look))
            {
                peak = PeakMemory.Of(process.Id) ?? peak;
            }

            TimeSpan whole = Stopwatch.GetElapsedTime(start);
            (int code, _, string errors) = end.Result;
            return code == 0 && File.Exists(file) ? new SnapshotRun(whole, new FileInfo(file).Length, peak, null)
                : new SnapshotRun(null, 0, null, $"limpet snapshot wrote no file, exit code {code}. {errors.Split('\n')[0]}".TrimEnd());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
