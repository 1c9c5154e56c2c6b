namespace Limpet.Checks;

/// <summary>An object was given that the runtime never collects, or none. The message is the fact and the next step.</summary>
public sealed class NotCollectableException : ArgumentException
{
    /// <summary>Creates the exception.</summary>
    public NotCollectableException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    public NotCollectableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates the exception.</summary>
    public NotCollectableException()
        : this("The object is never collected.")
    {
    }
}
