namespace Limpet.Verdicts;

/// <summary>From one valid reading to the next: usually one round, more where readings were refused.</summary>
/// <param name="Kind">Kind of its rounds; null when base and dose rounds had to be merged.</param>
/// <param name="Driven">Driven rounds in it.</param>
/// <param name="Operations">Operations that succeeded in it.</param>
/// <param name="Seconds">From reading to reading, the reading's own time included: time-driven growth does not wait for it.</param>
/// <param name="Paused">Seconds in it in which the driver paused, or drove nothing at all.</param>
/// <param name="Growth">Change of the metric.</param>
internal readonly record struct Stretch(RoundKind? Kind, int Driven, double Operations, double Seconds, double Paused, double Growth)
{
    /// <summary>Whether nothing was driven in it.</summary>
    public bool Idle => Driven == 0;

    /// <summary>The work that growth is measured against.</summary>
    public double Work(bool byTime) => byTime ? Seconds : Operations;
}
