using System.Buffers.Text;

namespace Limpet.Resources.Linux;

/// <summary>
/// The mappings in which glibc's <c>malloc</c> serves small requests: the heap of the process, and an arena for each of some threads, which begins
/// at a multiple of 64 MiB and has the rest of them reserved behind it. What is freed there may stay; a large request has a mapping of its own, which
/// goes when it is freed, and which the kernel may put at such a multiple too.
/// </summary>
internal static class AllocatorArenas
{
    private const ulong ArenaSize = 64 * 1024 * 1024;

    /// <summary>Adds up the mapped bytes.</summary>
    /// <param name="maps">The text of <c>/proc/PID/maps</c>.</param>
    public static long Sum(ReadOnlySpan<byte> maps)
    {
        ulong sum = 0, arena = 0, arenaEnd = 0;
        while (!maps.IsEmpty)
        {
            int length = maps.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = length < 0 ? maps : maps[..length];
            maps = length < 0 ? [] : maps[(length + 1)..];
            if (!Utf8Parser.TryParse(line, out ulong start, out int digits, 'x') || !Utf8Parser.TryParse(line[(digits + 1)..], out ulong end, out int more, 'x'))
            {
                continue;
            }

            ReadOnlySpan<byte> rest = line[(digits + 1 + more)..];
            if (rest.EndsWith("[heap]"u8))
            {
                sum += end - start;
            }
            else if (arenaEnd != 0 && start == arenaEnd && end >= arena + ArenaSize && IsAnonymous(rest, " ---p"u8))
            {
                sum += arenaEnd - arena;
            }

            bool mayBeArena = start % ArenaSize == 0 && end - start < ArenaSize && IsAnonymous(rest, " rw-p"u8);
            (arena, arenaEnd) = mayBeArena ? (start, end) : (0, 0);
        }

        return (long)sum;
    }

    /// <summary>Whether it is memory without a file: <c>rw-p 00000000 00:00 0</c> and no name.</summary>
    private static bool IsAnonymous(ReadOnlySpan<byte> rest, ReadOnlySpan<byte> access) =>
        rest.StartsWith(access) && rest[access.Length..].TrimEnd((byte)' ').SequenceEqual(" 00000000 00:00 0"u8);
}
