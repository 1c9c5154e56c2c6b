namespace Limpet.Results;

/// <summary>An error that a user can cause. Its message is the fact, the value and the next step; it is shown without a stack trace.</summary>
public sealed class LimpetException : Exception
{
    /// <summary>Creates the error.</summary>
    public LimpetException(Trouble trouble, string message, Exception? inner = null)
        : base(message, inner) => Trouble = trouble;

    /// <summary>Creates a <see cref="Trouble.BadInput"/> error.</summary>
    public LimpetException(string message)
        : this(Trouble.BadInput, message)
    {
    }

    /// <summary>Creates a <see cref="Trouble.BadInput"/> error.</summary>
    public LimpetException(string message, Exception inner)
        : this(Trouble.BadInput, message, inner)
    {
    }

    /// <summary>Creates a <see cref="Trouble.BadInput"/> error without a message of its own.</summary>
    public LimpetException()
        : this("Limpet stopped.")
    {
    }

    /// <summary>What kind of trouble it is.</summary>
    public Trouble Trouble { get; }
}
