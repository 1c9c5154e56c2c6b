using System.Buffers.Binary;
using Limpet.Capture.Native;

namespace Limpet.Capture.Tests.Native;

public sealed unsafe class NativeArenaTests
{
    private const int Megabyte = 1 << 20;

    [Theory]
    [InlineData(0, 5 * Megabyte)]
    [InlineData(1, 3 * Megabyte)]
    [InlineData((2 * Megabyte) - 1, (4 * Megabyte) + 1)]
    [InlineData(2 * Megabyte, 2 * Megabyte)]
    [InlineData(777, 0)]
    [InlineData(5, 12)]
    public void Append_AnyLength_HasBothOneBehindTheOther(int here, int there)
    {
        using NativeArena arena = Filled(here, seed: 1);
        using NativeArena other = Filled(there, seed: 2);

        arena.Append(here, other, there);

        Assert.Equal(-1, FirstDifference(arena.Pointer, here, seed: 1));
        Assert.Equal(-1, FirstDifference(arena.Pointer + here, there, seed: 2));
    }

    [Fact]
    public void Append_ThreeAfterEachOther_AreAllThere()
    {
        const int Length = (3 * Megabyte) + 13;
        using NativeArena arena = Filled(Length, seed: 1);
        foreach (int seed in (int[])[2, 3])
        {
            using NativeArena other = Filled(Length, seed);
            arena.Append((seed - 1) * (long)Length, other, Length);
        }

        Assert.All((int[])[1, 2, 3], seed => Assert.Equal(-1, FirstDifference(arena.Pointer + ((seed - 1) * (long)Length), Length, seed)));
    }

    [Fact]
    public void Append_Pages_GoOverAndTheOtherCanBeWrittenAgain()
    {
        const int There = 5 * Megabyte;
        using NativeArena arena = Filled(Megabyte, seed: 1);
        using NativeArena other = Filled(There, seed: 2);

        arena.Append(Megabyte, other, There);

        // The last page too: where a copy was made only whole pieces are given back.
        Assert.Equal(0, PagesOf(other, There));
        Fill(other.Pointer, There, seed: 3);
        Assert.Equal(-1, FirstDifference(arena.Pointer + Megabyte, There, seed: 2));
        Assert.Equal(-1, FirstDifference(other.Pointer, There, seed: 3));
    }

    [Fact]
    public void Append_WhereTheEndHasNoRoomForWholePages_IsCopied()
    {
        const int There = 3 * Megabyte;
        using NativeArena arena = new(4 * Megabyte);
        Fill(arena.Pointer, Megabyte, seed: 1);
        using NativeArena other = Filled(There, seed: 2);

        arena.Append(Megabyte, other, There);

        Assert.Equal(-1, FirstDifference(arena.Pointer, Megabyte, seed: 1));
        Assert.Equal(-1, FirstDifference(arena.Pointer + Megabyte, There, seed: 2));
    }

    private static NativeArena Filled(int bytes, int seed)
    {
        NativeArena arena = new(32 * Megabyte);
        Fill(arena.Pointer, bytes, seed);
        return arena;
    }

    private static void Fill(byte* memory, int bytes, int seed) => new Random(seed).NextBytes(new Span<byte>(memory, bytes));

    private static int FirstDifference(byte* memory, int bytes, int seed)
    {
        byte[] expected = new byte[bytes];
        new Random(seed).NextBytes(expected);
        int same = new ReadOnlySpan<byte>(memory, bytes).CommonPrefixLength(expected);
        return same == bytes ? -1 : same;
    }

    /// <summary>How many pages of it are in memory, by the kernel's own table.</summary>
    private static int PagesOf(NativeArena arena, int bytes)
    {
        const int Page = 4096;
        const ulong Present = 1UL << 63;
        using FileStream map = File.OpenRead("/proc/self/pagemap");
        map.Position = (long)((ulong)arena.Pointer / Page * sizeof(ulong));
        byte[] entries = new byte[(bytes + Page - 1) / Page * sizeof(ulong)];
        map.ReadExactly(entries);
        return entries.Chunk(sizeof(ulong)).Count(entry => (BinaryPrimitives.ReadUInt64LittleEndian(entry) & Present) != 0);
    }
}
