using System.Diagnostics;

namespace Limpet.Bench.Processes;

/// <summary>Where the programs that a benchmark starts were built, by the same build as the benchmark itself.</summary>
internal static class Folders
{
    /// <summary>Such as <c>release</c>.</summary>
    public static string Configuration { get; } = new DirectoryInfo(AppContext.BaseDirectory).Name;

    public static string BenchDll { get; } = typeof(Folders).Assembly.Location;

    public static string TargetsDll => Built("Limpet.TestTargets");

    public static string CliDll => Built("Limpet.Cli");

    /// <summary>Version of the tool that was built, with the commit it was built from.</summary>
    public static string CliVersion() => FileVersionInfo.GetVersionInfo(CliDll).ProductVersion ?? "unknown";

    private static string Built(string project) => Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", project, Configuration, $"{project}.dll"));
}
