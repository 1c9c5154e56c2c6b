namespace Limpet.KnownLeaks;

/// <summary>A test that declares a leak did not leak as declared. The message says what to do.</summary>
public sealed class KnownLeakException : Exception
{
    /// <summary>Creates the exception.</summary>
    public KnownLeakException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates the exception.</summary>
    public KnownLeakException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    public KnownLeakException()
        : this("A known leak is not as it was declared.")
    {
    }
}
