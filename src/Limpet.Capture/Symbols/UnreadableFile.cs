namespace Limpet.Capture.Symbols;

/// <summary>Which exceptions a broken, truncated or locked file of the target can cause: they cost a line, never the report.</summary>
internal static class UnreadableFile
{
    public static bool Explains(Exception exception) => exception is BadImageFormatException
        or IOException
        or UnauthorizedAccessException
        or InvalidDataException
        or InvalidOperationException
        or ArgumentException
        or ArithmeticException
        or IndexOutOfRangeException
        or InvalidCastException
        or NotSupportedException
        or System.Text.DecoderFallbackException;

    /// <summary>What <paramref name="read"/> gives, or null when the file is why it cannot.</summary>
    public static T? OrNull<T>(Func<T?> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (Explains(exception))
        {
            return null;
        }
    }
}
