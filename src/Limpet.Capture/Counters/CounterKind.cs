namespace Limpet.Capture.Counters;

/// <summary>What a value of a counter is.</summary>
public enum CounterKind
{
    /// <summary>A level: so much there is now.</summary>
    Level,

    /// <summary>So much came since the last value.</summary>
    Increment,
}
