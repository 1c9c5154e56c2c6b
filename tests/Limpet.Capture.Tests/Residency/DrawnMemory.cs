using Limpet.Capture.Native;
using Limpet.Capture.Residency;

namespace Limpet.Capture.Tests.Residency;

/// <summary>Memory that a test has drawn: words at addresses, the rest zeros.</summary>
internal sealed unsafe class DrawnMemory(ulong start, int size) : TargetMemory
{
    private readonly byte[] bytes = new byte[size];

    public ulong Start => start;

    public ulong End => start + (ulong)size;

    /// <summary>All of it is in memory, unless a page is taken out.</summary>
    public PageBits Pages(params int[] missing)
    {
        ulong[] bits = new ulong[((size / PageBits.PageSize) + 63) / 64];
        for (int page = 0; page < size / PageBits.PageSize; page++)
        {
            bits[page / 64] |= missing.Contains(page) ? 0 : 1UL << (page % 64);
        }

        return new PageBits(start, End, bits);
    }

    public DrawnMemory Word(ulong address, ulong value)
    {
        BitConverter.TryWriteBytes(bytes.AsSpan((int)(address - start)), value);
        return this;
    }

    /// <summary>Draws pieces of <c>malloc</c> one behind the other: their sizes, negative for those that are free.</summary>
    public DrawnMemory Chunks(ulong first, params int[] sizes)
    {
        ulong at = first;
        bool isPreviousUsed = true;
        foreach (int chunk in sizes)
        {
            Word(at + 8, (ulong)Math.Abs(chunk) + (isPreviousUsed ? 1UL : 0));
            isPreviousUsed = chunk > 0;
            at += (ulong)Math.Abs(chunk);
        }

        return this;
    }

    public override nuint Read(ulong address, void* destination, nuint length)
    {
        if (address < start || address >= End)
        {
            return 0;
        }

        nuint read = (nuint)Math.Min((ulong)length, End - address);
        bytes.AsSpan((int)(address - start), (int)read).CopyTo(new Span<byte>(destination, (int)read));
        return read;
    }

    public override IEnumerable<(ulong Start, ulong End)> WritableRegions() => [(start, End)];
}
