namespace Limpet.Bench.Killing;

/// <summary>What the kernel says about a process that is, or was, traced.</summary>
internal static class TargetThreads
{
    /// <summary>Process ids of tracers of its threads.</summary>
    public static string[] Tracers(int pid) => [.. Values(pid, "TracerPid:").Where(tracer => tracer != "0").Distinct()];

    /// <summary>Threads that stand still: <c>t</c> for a tracer, <c>T</c> for a signal.</summary>
    public static int Stopped(int pid) => Values(pid, "State:").Count(state => state[0] is 't' or 'T');

    private static IEnumerable<string> Values(int pid, string name)
    {
        foreach (string folder in Directory.GetDirectories($"/proc/{pid}/task"))
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

            if (lines.FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal)) is { } line)
            {
                yield return line[name.Length..].Trim();
            }
        }
    }
}
