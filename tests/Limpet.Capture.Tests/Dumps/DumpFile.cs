using Limpet.Testing;
using Microsoft.Diagnostics.NETCore.Client;

namespace Limpet.Capture.Tests.Dumps;

/// <summary>A dump of a test target, written by its runtime, and gone with the test.</summary>
internal sealed class DumpFile : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("limpet-test-");

    private DumpFile() => Path = System.IO.Path.Combine(folder.FullName, "target.dmp");

    public string Path { get; }

    /// <summary>Starts a target, dumps it, and ends it.</summary>
    public static DumpFile Of(string target, DumpType type = DumpType.WithHeap, string? executable = null)
    {
        DumpFile file = new();
        using TargetProcess process = TargetProcess.Start(target, executable: executable);
        new DiagnosticsClient(process.Id).WriteDump(type, file.Path);
        return file;
    }

    /// <summary>An empty folder for files that a test makes of others.</summary>
    public static DumpFile Empty() => new();

    public void Dispose() => folder.Delete(recursive: true);
}
