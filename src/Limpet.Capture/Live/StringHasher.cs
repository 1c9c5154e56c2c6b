using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Limpet.Capture.Live;

/// <summary>
/// Makes 64 bits of a text and its length. Two lanes of 16 bytes a step are multiplied to 128 bits and folded, so that a long text costs about as much as
/// copying it. The keys are random and live as long as this process: a hash can neither be looked up in a table of known texts nor be made to be equal to another.
/// </summary>
internal sealed unsafe class StringHasher
{
    /// <summary>Everything but the end of a text is added in multiples of this.</summary>
    public const int StepBytes = 32;

    private readonly ulong startKey = NewKey(), firstKey = NewKey(), secondKey = NewKey(), thirdKey = NewKey(), lengthKey = NewKey() | 1;

    private StringHasher()
    {
    }

    /// <summary>The one of this process. Held in a field by who hashes much: code that is optimised at once looks at a static one anew each time.</summary>
    public static StringHasher Instance { get; } = new();

    /// <summary>The hash of a text that lies in one piece.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ulong Of(byte* text, int length)
    {
        (ulong first, ulong second) = Begin(length);
        nuint bytes = (nuint)length * sizeof(char);
        nuint whole = bytes & ~(nuint)(StepBytes - 1);
        Add(text, whole, ref first, ref second);
        return End(text + whole, bytes - whole, first, second);
    }

    /// <summary>Begins a text of so many UTF-16 units.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (ulong First, ulong Second) Begin(int length) => (startKey, (ulong)length * lengthKey);

    /// <summary>Adds a part whose length is a multiple of <see cref="StepBytes"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(byte* part, nuint bytes, ref ulong first, ref ulong second)
    {
        (ulong one, ulong two, ulong oneKey, ulong twoKey) = (first, second, firstKey, secondKey);
        for (byte* end = part + bytes; part < end; part += StepBytes)
        {
            one = Fold(*(ulong*)part ^ one, *(ulong*)(part + 8) ^ oneKey);
            two = Fold(*(ulong*)(part + 16) ^ two, *(ulong*)(part + 24) ^ twoKey);
        }

        (first, second) = (one, two);
    }

    /// <summary>Adds the rest, shorter than <see cref="StepBytes"/>, and tells the hash.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong End(byte* rest, nuint bytes, ulong first, ulong second)
    {
        if (bytes >= 16)
        {
            first = Fold(*(ulong*)rest ^ first, *(ulong*)(rest + 8) ^ firstKey);
            rest += 16;
            bytes -= 16;
        }

        // Two words that overlap where the rest is no power of two: the length, which is in the hash already, says how far.
        ulong left = 0;
        ulong right = 0;
        if (bytes >= 8)
        {
            (left, right) = (*(ulong*)rest, *(ulong*)(rest + bytes - 8));
        }
        else if (bytes >= 4)
        {
            (left, right) = (*(uint*)rest, *(uint*)(rest + bytes - 4));
        }
        else if (bytes >= 2)
        {
            left = *(ushort*)rest;
        }

        second = Fold(left ^ second, right ^ secondKey);
        return Fold(first ^ second, second ^ thirdKey);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Fold(ulong left, ulong right) => Math.BigMul(left, right, out ulong low) ^ low;

    private static ulong NewKey() => BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));
}
