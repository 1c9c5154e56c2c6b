using Limpet.Results;

namespace Limpet.Checks;

/// <summary>A check that a test must not pass: a leak, a hang, or numbers that prove nothing. The message is the whole report.</summary>
public sealed class LeakException : Exception
{
    /// <summary>Creates the exception for a result.</summary>
    /// <param name="result">What was found.</param>
    public LeakException(CheckResult result)
        : base(CheckReport.Write(result), result?.SubjectError) => Result = result;

    /// <summary>Creates the exception with a message of its own.</summary>
    public LeakException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message of its own and a cause.</summary>
    public LeakException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates the exception without a result.</summary>
    public LeakException()
        : this("Something leaks.")
    {
    }

    /// <summary>What was found; null where the exception was made without a result.</summary>
    public CheckResult? Result { get; }
}
