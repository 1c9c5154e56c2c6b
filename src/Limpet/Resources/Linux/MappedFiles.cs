using System.Collections.Immutable;
using System.Text;

namespace Limpet.Resources.Linux;

/// <summary>The files that a process has mapped, from <c>/proc/PID/maps</c>: each once, however many mappings it has.</summary>
internal static class MappedFiles
{
    public static ImmutableArray<string>? Read(int pid)
    {
        using ProcFile file = ProcFile.Read($"/proc/{pid}/maps");
        return file.Status == ReadStatus.Ok ? Parse(file.Bytes) : null;
    }

    public static ImmutableArray<string> Parse(ReadOnlySpan<byte> maps)
    {
        SortedSet<string> paths = new(StringComparer.Ordinal);
        while (!maps.IsEmpty)
        {
            int length = maps.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = length < 0 ? maps : maps[..length];
            maps = length < 0 ? [] : maps[(length + 1)..];

            // A path begins with the first slash; the fields before it have none. Memory of the runtime's own compiler is a file in name only.
            int slash = line.IndexOf((byte)'/');
            if (slash >= 0 && !line[slash..].StartsWith("/memfd:"u8))
            {
                paths.Add(Encoding.UTF8.GetString(line[slash..]));
            }
        }

        return [.. paths];
    }
}
