using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Limpet.Measuring;
using Limpet.Results;

namespace Limpet.Tests.Measuring;

public sealed class ResidentMemoryTests
{
    private const int Megabytes = 64;

    [Fact]
    public void Release_GarbageOfTheHeap_IsGivenBackByTheCollector()
    {
        ResidentMemory.Release();
        MakeGarbage();
        ResidentMemory released = ResidentMemory.Release();

        Assert.InRange(released.GivenBackByCollector.Bytes, Megabytes * (1 << 20) / 2, long.MaxValue);
        Assert.True(released.FinalizersFinished);
    }

    [Fact]
    public unsafe void Release_FreeNativeMemory_IsGivenBackByTheAllocatorAndWhatIsInUseIsHeld()
    {
        // Small pieces come from the allocator's heap. One of 64 stays in use, so that the heap cannot shrink by itself.
        const int Piece = 1024, Kept = 64;
        ResidentMemory before = ResidentMemory.Release();
        void*[] pieces = new void*[Megabytes * 1024];
        for (int i = 0; i < pieces.Length; i++)
        {
            pieces[i] = NativeMemory.AllocZeroed(Piece);
        }

        ResidentMemory held = ResidentMemory.Release();
        for (int i = 0; i < pieces.Length; i++)
        {
            NativeMemory.Free(i % Kept == Kept - 1 ? null : pieces[i]);
        }

        ResidentMemory free = ResidentMemory.Release();
        for (int i = Kept - 1; i < pieces.Length; i += Kept)
        {
            NativeMemory.Free(pieces[i]);
        }

        Assert.InRange(held.Held.Bytes - before.Held.Bytes, Megabytes * (1 << 20) * 3 / 4, long.MaxValue);
        Assert.Null(free.TrimRefusal);
        Assert.InRange(free.GivenBackByAllocator!.Value.Bytes, Megabytes * (1 << 20) / 2, long.MaxValue);
        Assert.InRange(free.Held.Bytes - before.Held.Bytes, long.MinValue, Megabytes * (1 << 20) / 4);
    }

    [Fact]
    public void Held_WithoutATrim_IsWhatTheCollectorLeft()
    {
        ResidentMemory refused = new()
        {
            Before = new ByteSize(100), AfterCollection = new ByteSize(70), TrimRefusal = "no malloc_trim", FinalizersFinished = true,
        };

        Assert.Equal(70, refused.Held.Bytes);
        Assert.Null(refused.GivenBackByAllocator);
        Assert.Equal(30, refused.GivenBackByCollector.Bytes);
        Assert.Equal(60, (refused with { AfterTrim = new ByteSize(60) }).Held.Bytes);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void MakeGarbage()
    {
        List<byte[]> pieces = [];
        for (int i = 0; i < Megabytes * 16; i++)
        {
            byte[] piece = new byte[64 * 1024];
            Array.Fill(piece, (byte)1);
            pieces.Add(piece);
        }

        GC.KeepAlive(pieces);
    }
}
