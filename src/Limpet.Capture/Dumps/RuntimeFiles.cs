using System.Buffers.Binary;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using Microsoft.Diagnostics.Runtime;

namespace Limpet.Capture.Dumps;

/// <summary>The files of a runtime on one system, and what tells one build of it from every other.</summary>
/// <param name="Library">The library by which the runtime describes its own data.</param>
/// <param name="Runtime">The runtime itself.</param>
/// <param name="BuildOf">What the module of a dump has of its build; empty when it does not say.</param>
/// <param name="BuildIn">The same of a file; empty where there is none.</param>
internal sealed record RuntimeFiles(string Library, string Runtime, Func<ModuleInfo, byte[]> BuildOf, Func<string, byte[]> BuildIn)
{
    private const int MachSymbolId = 0x1b;
    private const int MachHeader = 32;

    /// <summary>Those of a system. On Linux a build is told by the build id of its notes, on macOS by its UUID, on Windows by the time and size that its header states.</summary>
    public static RuntimeFiles Of(OSPlatform platform) =>
        platform == OSPlatform.Windows ? new("mscordaccore.dll", "coreclr.dll", runtime => Build(runtime.IndexTimeStamp, runtime.IndexFileSize), OfImage)
        : platform == OSPlatform.OSX ? new("libmscordaccore.dylib", "libcoreclr.dylib", runtime => [.. runtime.BuildId], path => OfMach(RuntimeLibrary.Head(path)))
        : new("libmscordaccore.so", "libcoreclr.so", runtime => [.. runtime.BuildId], RuntimeLibrary.BuildIdOf);

    /// <summary>Time and size of an image of Windows; empty for what is none.</summary>
    internal static byte[] OfImage(string path)
    {
        try
        {
            using PEReader image = new(File.OpenRead(path));
            return image.PEHeaders.PEHeader is { } header ? Build(image.PEHeaders.CoffHeader.TimeDateStamp, header.SizeOfImage) : [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or BadImageFormatException)
        {
            // No such file, or none of this kind: not the one that is looked for.
            return [];
        }
    }

    /// <summary>The UUID of a 64-bit Mach-O file, among its load commands; empty when it has none.</summary>
    internal static byte[] OfMach(ReadOnlySpan<byte> file)
    {
        for (int at = MachHeader; at + 24 <= file.Length;)
        {
            int length = BinaryPrimitives.ReadInt32LittleEndian(file[(at + 4)..]);
            if (BinaryPrimitives.ReadInt32LittleEndian(file[at..]) == MachSymbolId)
            {
                return file.Slice(at + 8, 16).ToArray();
            }

            if (length < 8 || length > file.Length - at)
            {
                break;
            }

            at += length;
        }

        return [];
    }

    private static byte[] Build(int time, int size)
    {
        byte[] build = new byte[2 * sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(build, time);
        BinaryPrimitives.WriteInt32LittleEndian(build.AsSpan(sizeof(int)), size);
        return time == 0 && size == 0 ? [] : build;
    }
}
