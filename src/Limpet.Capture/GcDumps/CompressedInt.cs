namespace Limpet.Capture.GcDumps;

/// <summary>
/// The numbers of a node of a <c>.gcdump</c>: seven bits a byte, the most significant first, every byte but the last with its highest bit
/// set; the first one carries the sign. At most five bytes.
/// </summary>
internal static unsafe class CompressedInt
{
    public const int MostBytes = 5;

    /// <summary>Reads a number and moves on; false when it does not end before <paramref name="end"/>.</summary>
    public static bool TryRead(ref byte* at, byte* end, out int value)
    {
        value = 0;
        for (int read = 0; read < MostBytes && at < end; read++)
        {
            byte part = *at++;
            value = read == 0 ? (sbyte)(part << 1) >> 1 : (value << 7) | (part & 0x7f);
            if ((part & 0x80) == 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>How many bytes a number takes.</summary>
    public static int LengthOf(int value)
    {
        int length = 1;
        for (int rest = value >> 6; rest is not (0 or -1); rest >>= 7)
        {
            length++;
        }

        return length;
    }

    /// <summary>Writes a number; returns its bytes.</summary>
    public static int Write(int value, Span<byte> destination)
    {
        int length = LengthOf(value);
        for (int index = 0; index < length; index++)
        {
            byte part = (byte)((value >> (7 * (length - 1 - index))) & 0x7f);
            destination[index] = index == length - 1 ? part : (byte)(part | 0x80);
        }

        return length;
    }
}
