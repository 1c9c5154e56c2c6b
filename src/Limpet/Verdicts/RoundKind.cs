namespace Limpet.Verdicts;

/// <summary>What a round is for.</summary>
public enum RoundKind
{
    /// <summary>Lets just-in-time compilation, caches and pools fill; never judged.</summary>
    Warmup,

    /// <summary>A prime number of operations, or a stretch of time when nothing is driven.</summary>
    Base,

    /// <summary>About twice the operations of a base round, or twice its time.</summary>
    Dose,

    /// <summary>The driver is silent for as long as a base round drives. Measures noise, and growth that needs no operations.</summary>
    Idle,

    /// <summary>
    /// Comes last, where a leak is about to be said: a round of another size, or a silent one, that asks whether what grew is the operation's. It is no part of the readings
    /// that growth is judged by.
    /// </summary>
    Repeat,
}
