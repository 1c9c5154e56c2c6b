namespace Limpet.Bench.Capturing;

/// <summary>One line of the table.</summary>
/// <param name="Figure">What was measured, with its unit.</param>
/// <param name="Ours">Ours.</param>
/// <param name="Peer">The peer's.</param>
/// <param name="Ratio">How many times better ours is; a bound on it is the ratio that must be reached.</param>
/// <param name="Bound">What must be reached; empty for a line that is only for the reader.</param>
/// <param name="Met">Whether it was; null where there is no bound or nothing was measured.</param>
internal sealed record Row(string Figure, string Ours, string Peer = "", string Ratio = "", string Bound = "", bool? Met = null)
{
    public bool HasBound => Bound.Length > 0;

    public string Outcome => (HasBound, Met) switch
    {
        (false, _) => "",
        (true, true) => "met",
        (true, false) => "NOT MET",
        _ => "not measured",
    };
}
