using System.IO.MemoryMappedFiles;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Limpet.TestTargets;

/// <summary>Known amounts of memory of each kind, all of it written to.</summary>
/// <remarks><code>
/// static s_objects  ─→ byte[1 MiB] × 64                 managed heap
/// static s_blocks   ─→ malloc(64 KiB) × 512, and        32 MiB in the arena of the main thread
///                      malloc(64 KiB) × 384 freed       24 MiB between them, which malloc cannot give back
/// static s_large    ─→ malloc(16 MiB)                   a mapping of its own
/// thread 0          ─→ malloc(64 KiB) × 128             8 MiB in an arena of its own
/// static s_view     ─→ file of 16 MiB, mapped and read
/// 8 threads, each with 256 KiB on its stack
/// </code></remarks>
internal sealed unsafe class MemoryUsesTarget : Target
{
    private const int Block = 64 * 1024;
    private const int Mebibyte = 1024 * 1024;
    private const int OnStack = 256 * 1024;
    private static byte[][]? s_objects;
    private static nint[]? s_blocks;
    private static nint[]? s_threadBlocks;
    private static nint s_large;
    private static MemoryMappedViewAccessor? s_view;

    public override string Build()
    {
        s_objects = [.. Enumerable.Range(0, 64).Select(_ => Filled(Mebibyte))];
        s_blocks = new nint[512];
        nint[] freed = new nint[384];
        for (int i = 0; i < s_blocks.Length; i++)
        {
            s_blocks[i] = Allocated(Block);
            if (i < freed.Length)
            {
                freed[i] = Allocated(Block);
            }
        }

        foreach (nint block in freed)
        {
            NativeMemory.Free((void*)block);
        }

        s_large = Allocated(16 * Mebibyte);
        s_view = Mapped(16 * Mebibyte);
        using CountdownEvent started = new(8);
        for (int i = 0; i < 8; i++)
        {
            bool allocates = i == 0;
            new Thread(() =>
            {
                if (allocates)
                {
                    s_threadBlocks = [.. Enumerable.Range(0, 128).Select(_ => Allocated(Block))];
                }

                OnStackUntilEnd(started);
            }) { IsBackground = true }.Start();
        }

        started.Wait();
        Settling.Settle();
        return $"objects={64 * Mebibyte} native={(512 + 128) * Block + (16 * Mebibyte)} freed={384 * Block} mapped={16 * Mebibyte} stacks={8 * OnStack}";
    }

    private static byte[] Filled(int size)
    {
        byte[] bytes = new byte[size];
        bytes.AsSpan().Fill(1);
        return bytes;
    }

    private static nint Allocated(int size)
    {
        void* block = NativeMemory.Alloc((nuint)size);
        new Span<byte>(block, size).Fill(1);
        return (nint)block;
    }

    private static MemoryMappedViewAccessor Mapped(int size)
    {
        string path = Path.Combine(Path.GetTempPath(), $"limpet-mapped-{Environment.ProcessId}");
        File.WriteAllBytes(path, Filled(size));
        MemoryMappedViewAccessor view = MemoryMappedFile.CreateFromFile(path, FileMode.Open).CreateViewAccessor(0, size);
        File.Delete(path);
        long sum = 0;
        for (int offset = 0; offset < size; offset += 512)
        {
            sum += view.ReadByte(offset);
        }

        return sum == size / 512 ? view : throw new InvalidOperationException("The file is not what was written.");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void OnStackUntilEnd(CountdownEvent started)
    {
        Span<byte> mine = stackalloc byte[OnStack];
        mine.Fill(1);
        started.Signal();
        Park.Forever();
        GC.KeepAlive(mine[^1]);
    }
}
