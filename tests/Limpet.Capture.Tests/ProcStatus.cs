using System.Globalization;

namespace Limpet.Capture.Tests;

/// <summary>What the kernel says about processes and their threads.</summary>
internal static class ProcStatus
{
    /// <summary>Threads of this process that captures started; not those that wait for a child, which live as long as it. The kernel keeps 15 characters of a name.</summary>
    public static int OwnCaptureThreads() => Each("self", "Name:")
        .Count(name => name.StartsWith("limpet ", StringComparison.Ordinal) && !name.StartsWith("limpet waits", StringComparison.Ordinal));

    /// <summary>Private memory of this process that is in physical memory.</summary>
    public static long OwnPrivateBytes() => 1024 * File
        .ReadLines("/proc/self/smaps_rollup")
        .Where(line => line.StartsWith("Private_", StringComparison.Ordinal))
        .Sum(line => long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture));

    /// <summary>Every way in which a process is not free: its tracers and the states of threads that stand still. Empty when it runs.</summary>
    public static string Captivity(int pid) => string.Join(", ", Each($"{pid}", "TracerPid:").Where(tracer => tracer != "0").Concat(
        Each($"{pid}", "State:").Where(state => state[0] is 't' or 'T')));

    private static IEnumerable<string> Each(string process, string name)
    {
        foreach (string folder in Directory.GetDirectories($"/proc/{process}/task"))
        {
            string[] lines;
            try
            {
                lines = File.ReadAllLines(Path.Combine(folder, "status"));
            }
            catch (IOException)
            {
                // A thread that ended since it was listed.
                continue;
            }

            foreach (string line in lines.Where(line => line.StartsWith(name, StringComparison.Ordinal)))
            {
                yield return line[name.Length..].Trim();
            }
        }
    }
}
