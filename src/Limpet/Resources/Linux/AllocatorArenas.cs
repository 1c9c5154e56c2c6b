using System.Buffers.Text;

namespace Limpet.Resources.Linux;

/// <summary>
/// The mappings in which glibc's <c>malloc</c> serves small requests: the heap of the process, and an arena for each of some threads, which begins
/// at a multiple of 64 MiB. What is freed there may stay; a large request has a mapping of its own, which goes when it is freed.
/// </summary>
internal static class AllocatorArenas
{
    private const ulong ArenaSize = 64 * 1024 * 1024;

    /// <summary>Adds up the mapped bytes.</summary>
    /// <param name="maps">The text of <c>/proc/PID/maps</c>.</param>
    public static long Sum(ReadOnlySpan<byte> maps)
    {
        ulong sum = 0;
        while (!maps.IsEmpty)
        {
            int length = maps.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = length < 0 ? maps : maps[..length];
            maps = length < 0 ? [] : maps[(length + 1)..];
            if (!Utf8Parser.TryParse(line, out ulong start, out int digits, 'x') || !Utf8Parser.TryParse(line[(digits + 1)..], out ulong end, out int more, 'x'))
            {
                continue;
            }

            // `rw-p 00000000 00:00 0` and no name: memory without a file.
            ReadOnlySpan<byte> rest = line[(digits + 1 + more)..];
            bool isArena = start % ArenaSize == 0 && end - start < ArenaSize && rest.StartsWith(" rw-p 00000000 00:00 0"u8) && rest.TrimEnd((byte)' ').EndsWith(" 0"u8);
            if (isArena || rest.EndsWith("[heap]"u8))
            {
                sum += end - start;
            }
        }

        return (long)sum;
    }
}
