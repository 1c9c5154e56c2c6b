namespace Limpet.Measuring;

/// <summary>Something grew beyond the limit that was set for it. The message has the figures, and what is new by name.</summary>
public sealed class GrowthException : Exception
{
    /// <summary>Creates the exception.</summary>
    public GrowthException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    public GrowthException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates the exception.</summary>
    public GrowthException()
        : this("Something grew beyond its limit.")
    {
    }
}
