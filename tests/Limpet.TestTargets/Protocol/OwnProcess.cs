namespace Limpet.TestTargets;

/// <summary>What the kernel says about this process.</summary>
internal static class OwnProcess
{
    public static int Threads => Directory.EnumerateFileSystemEntries("/proc/self/task").Count();

    public static int Descriptors => Directory.EnumerateFileSystemEntries("/proc/self/fd").Count();

    /// <summary>Descriptors whose target starts with <paramref name="prefix"/>: a path, or "socket:".</summary>
    public static int DescriptorsOf(string prefix) => Directory
        .EnumerateFiles("/proc/self/fd")
        .Count(path => new FileInfo(path).LinkTarget?.StartsWith(prefix, StringComparison.Ordinal) == true);

    public static long ResidentKilobytes => long.Parse(
        File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        System.Globalization.CultureInfo.InvariantCulture);
}
