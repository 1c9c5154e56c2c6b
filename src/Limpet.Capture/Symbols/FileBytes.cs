using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Limpet.Capture.Symbols;

/// <summary>
/// Whole files of the target. They are read and not mapped: a file that is built anew while it is mapped would end this process.
/// Pipes and devices, which have no length, are not opened.
/// </summary>
internal static class FileBytes
{
    private const long Most = 256 << 20;

    /// <summary>The file's bytes; null when it is not there, empty, or too large to be a module or its symbols.</summary>
    public static ImmutableArray<byte>? Read(string path) => AreThere(path) ? ImmutableCollectionsMarshal.AsImmutableArray(File.ReadAllBytes(path)) : null;

    /// <summary>Whether there is a file to read, neither empty nor too large to be a module or its symbols.</summary>
    public static bool AreThere(string path)
    {
        FileInfo file = new(path);
        return file.Exists && file.Length is > 0 and <= Most;
    }
}
