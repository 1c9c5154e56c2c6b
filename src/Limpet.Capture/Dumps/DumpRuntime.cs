using Limpet.Capture.Live;
using Limpet.Capture.Native;
using Limpet.Results;
using Limpet.Text;
using Microsoft.Diagnostics.Runtime;

namespace Limpet.Capture.Dumps;

/// <summary>Opens the debugging library over a dump, and says clearly why when it cannot.</summary>
internal static class DumpRuntime
{
    /// <exception cref="LimpetException">No runtime is in the dump, or none of its build is on this machine.</exception>
    public static RuntimeView Open(string path, MappedFile file)
    {
        DataTarget target = DataTarget.LoadDump(path, new DataTargetOptions { FileLocator = new NoFiles(), SymbolPaths = [] });
        try
        {
            ClrInfo info = target.ClrVersions.FirstOrDefault() ?? throw file.Unreadable(
                "no .NET runtime is in it.", "Give the dump of a process that limpet ps lists; a single-file or NativeAOT program has no runtime that could be found in a dump.");
            string library = RuntimeLibrary.Find(info.ModuleInfo) ?? throw Missing(file, info);
            return new RuntimeView(target, info.CreateRuntime(library, ignoreMismatch: true));
        }
        catch
        {
            target.Dispose();
            throw;
        }
    }

    private static LimpetException Missing(MappedFile file, ClrInfo info)
    {
        string version = Escaping.Show(RuntimeVersion.Describe(info), 60);
        string folder = Escaping.Show(Path.GetDirectoryName(info.ModuleInfo.FileName) ?? "", 200);
        return file.Unreadable(
            $"it comes from {version}, and {RuntimeLibrary.Name} of that very build is not on this machine.",
            $"Install that runtime beside the one of limpet, or copy the program's folder to {folder}, or read the dump where it was written: limpet convert DUMP -o FILE.limpet",
            trouble: Trouble.Refused);
    }
}
