using System.Diagnostics;
using System.Globalization;
using Limpet.Bench.Processes;

namespace Limpet.Bench.Capturing;

/// <summary>One run of <c>limpet snapshot</c> as a user runs it.</summary>
/// <param name="WholeProcess">From its start to its end; null when it could not be measured.</param>
/// <param name="FileBytes">Size of what it wrote.</param>
/// <param name="WhyNot">Why it could not be measured.</param>
internal sealed record SnapshotRun(TimeSpan? WholeProcess, long FileBytes, string? WhyNot)
{
    public static SnapshotRun Of(int pid)
    {
        if (!File.Exists(Folders.CliDll))
        {
            return new SnapshotRun(null, 0, $"there is no {Folders.CliDll}");
        }

        DirectoryInfo folder = Directory.CreateTempSubdirectory("limpet-bench-");
        try
        {
            string file = Path.Combine(folder.FullName, "bench.limpet");
            long start = Stopwatch.GetTimestamp();
            using LineProcess process = LineProcess.Start(Folders.CliDll, ["snapshot", pid.ToString(CultureInfo.InvariantCulture), "-o", file]);
            (int code, _, string errors) = process.AwaitEnd();
            TimeSpan whole = Stopwatch.GetElapsedTime(start);
            return code == 0 && File.Exists(file) ? new SnapshotRun(whole, new FileInfo(file).Length, null)
                : new SnapshotRun(null, 0, $"limpet snapshot wrote no file, exit code {code}. {errors.Split('\n')[0]}".TrimEnd());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
