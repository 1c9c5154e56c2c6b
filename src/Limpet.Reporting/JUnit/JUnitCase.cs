namespace Limpet.Reporting.JUnit;

/// <summary>A test case of a report.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Outcome">How it ended.</param>
internal sealed record JUnitCase(string Name, JUnitOutcome Outcome)
{
    /// <summary>How long it took.</summary>
    public double Seconds { get; init; }

    /// <summary>Why it did not pass, in one line.</summary>
    public string Message { get; init; } = "";

    /// <summary>What kind of trouble it is, such as <c>ManagedLeak</c>.</summary>
    public string Type { get; init; } = "";

    /// <summary>Everything that is known of it, on lines that are safe to show.</summary>
    public string Text { get; init; } = "";
}
