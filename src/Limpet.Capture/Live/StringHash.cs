using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Limpet.Capture.Live;

/// <summary>
/// 64 bits made of a text and its length. Two lanes of 16 bytes a step are multiplied to 128 bits and folded, so that a long text costs about as much as
/// copying it. The keys are random and live as long as this process: a hash can neither be looked up in a table of known texts nor be made to be equal to another.
/// </summary>
internal unsafe struct StringHash
{
    /// <summary>Everything but the end of a text is added in multiples of this.</summary>
    public const int StepBytes = 32;

    private static readonly ulong StartKey = NewKey(), FirstKey = NewKey(), SecondKey = NewKey(), ThirdKey = NewKey(), LengthKey = NewKey() | 1;
    private ulong first;
    private ulong second;

    /// <summary>Begins with the number of UTF-16 units.</summary>
    public StringHash(int length)
    {
        first = StartKey;
        second = (ulong)length * LengthKey;
    }

    /// <summary>The hash of a text that lies in one piece.</summary>
    public static ulong Of(byte* text, int length)
    {
        StringHash hash = new(length);
        nuint bytes = (nuint)length * sizeof(char);
        nuint whole = bytes & ~(nuint)(StepBytes - 1);
        hash.Add(text, whole);
        return hash.End(text + whole, bytes - whole);
    }

    /// <summary>Adds a part whose length is a multiple of <see cref="StepBytes"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(byte* part, nuint bytes)
    {
        (ulong one, ulong two, ulong firstKey, ulong secondKey) = (first, second, FirstKey, SecondKey);
        for (byte* end = part + bytes; part < end; part += StepBytes)
        {
            one = Fold(*(ulong*)part ^ one, *(ulong*)(part + 8) ^ firstKey);
            two = Fold(*(ulong*)(part + 16) ^ two, *(ulong*)(part + 24) ^ secondKey);
        }

        (first, second) = (one, two);
    }

    /// <summary>Adds the rest, shorter than <see cref="StepBytes"/>, and tells the hash.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong End(byte* rest, nuint bytes)
    {
        if (bytes >= 16)
        {
            first = Fold(*(ulong*)rest ^ first, *(ulong*)(rest + 8) ^ FirstKey);
            rest += 16;
            bytes -= 16;
        }

        // Two words that overlap where the rest is no power of two: the length, which is in the hash already, says how far.
        (ulong left, ulong right) = bytes >= 8 ? (*(ulong*)rest, *(ulong*)(rest + bytes - 8))
            : bytes >= 4 ? (*(uint*)rest, *(uint*)(rest + bytes - 4))
            : bytes >= 2 ? (*(ushort*)rest, 0UL)
            : (0UL, 0UL);
        second = Fold(left ^ second, right ^ SecondKey);
        return Fold(first ^ second, second ^ ThirdKey);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Fold(ulong left, ulong right) => Math.BigMul(left, right, out ulong low) ^ low;

    private static ulong NewKey() => BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));
}
