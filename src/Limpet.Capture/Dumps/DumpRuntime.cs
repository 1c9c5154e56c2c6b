using Limpet.Capture.Live;
using Limpet.Capture.Native;
using Limpet.Results;
using Limpet.Text;
using Microsoft.Diagnostics.Runtime;

namespace Limpet.Capture.Dumps;

/// <summary>Opens the debugging library over a dump, and says clearly why when it cannot.</summary>
internal static class DumpRuntime
{
    /// <exception cref="LimpetException">No runtime is in the dump, or none that had started, or none of its build is on this machine.</exception>
    public static RuntimeView Open(NamedFile file)
    {
        DataTarget target = DataTarget.LoadDump(file.Path, new DataTargetOptions { FileLocator = new NoFiles(), SymbolPaths = [] });
        ClrRuntime? runtime = null;
        try
        {
            ClrInfo info = target.ClrVersions.FirstOrDefault() ?? throw file.Unreadable(
                "no .NET runtime is in it.", "Give the dump of a process that limpet ps lists; a single-file or NativeAOT program has no runtime that could be found in a dump.");
            RuntimeFiles files = RuntimeFiles.Of(target.DataReader.TargetPlatform);
            string library = RuntimeLibrary.Find(info.ModuleInfo, files) ?? throw Missing(file, info, files);
            runtime = info.CreateRuntime(library, ignoreMismatch: true);
            return RuntimeAttachment.IsStarted(runtime) ? new RuntimeView(target, runtime)
                : throw file.Unreadable("its runtime had not started yet, or the dump holds too little of it.");
        }
        catch
        {
            runtime?.Dispose();
            target.Dispose();
            throw;
        }
    }

    private static LimpetException Missing(NamedFile file, ClrInfo info, RuntimeFiles files)
    {
        string version = Escaping.Show(RuntimeVersion.Describe(info), 60);
        string folder = Escaping.Show(Path.GetDirectoryName(info.ModuleInfo.FileName) ?? "", 200);
        return file.Unreadable(
            $"it comes from {version}, and {files.Library} of that very build is not on this machine.",
            $"Install that runtime beside the one of limpet, or copy the program's folder to {folder}, or read the dump where it was written: limpet convert DUMP -o FILE.limpet",
            trouble: Trouble.Refused);
    }
}
