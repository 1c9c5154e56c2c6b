using System.Runtime.CompilerServices;

namespace Limpet.Capture.Live;

/// <summary>Writes length and hash of the strings that a worker meets, one behind the other. Nothing is allocated for a string.</summary>
internal sealed unsafe class StringDecoder
{
    private const ulong TextOffset = 12;
    private readonly StringHasher hasher = StringHasher.Instance;
    private int* lengths;
    private ulong* hashes;
    private ulong* addresses;

    /// <summary>Strings whose texts were hashed.</summary>
    public int Count { get; private set; }

    /// <summary>Begins anew.</summary>
    public void Begin(GraphArenas into)
    {
        lengths = into.StringLengths;
        hashes = into.StringHashes;
        addresses = into.StringAddresses;
        Count = 0;
    }

    /// <summary>Hashes the string at a position. False where it cannot be read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Read(ref SegmentWindow window, ulong position, ulong size)
    {
        int length = *(int*)(window.Buffer + (position - window.Start) + 8);
        if (length < 0)
        {
            return false;
        }

        ulong hash;
        if (position + size <= window.End || (size <= SegmentWindow.PieceBytes && window.Fill(position, size)))
        {
            hash = hasher.Of(window.Buffer + (position - window.Start) + TextOffset, length);
        }
        else if (!TryHashLong(ref window, position + TextOffset, length, out hash))
        {
            return false;
        }

        lengths[Count] = length;
        hashes[Count] = hash;
        if (addresses != null)
        {
            addresses[Count] = position;
        }

        Count++;
        return true;
    }

    /// <summary>Hashes a text that is longer than a piece, piece by piece.</summary>
    private bool TryHashLong(ref SegmentWindow window, ulong text, int length, out ulong hash)
    {
        hash = 0;
        (ulong first, ulong second) = hasher.Begin(length);
        ulong end = text + ((ulong)length * sizeof(char));
        while (end - text >= StringHasher.StepBytes)
        {
            if ((text < window.Start || text + StringHasher.StepBytes > window.End) && !window.Fill(text, StringHasher.StepBytes))
            {
                return false;
            }

            ulong whole = (Math.Min(end, window.End) - text) & ~(ulong)(StringHasher.StepBytes - 1);
            hasher.Add(window.Buffer + (text - window.Start), (nuint)whole, ref first, ref second);
            text += whole;
        }

        if (end > window.End && !window.Fill(text, end - text))
        {
            return false;
        }

        hash = hasher.End(window.Buffer + (text - window.Start), (nuint)(end - text), first, second);
        return true;
    }
}
