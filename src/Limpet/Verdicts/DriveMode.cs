namespace Limpet.Verdicts;

/// <summary>What a run repeats.</summary>
public enum DriveMode
{
    /// <summary>Operations are driven; growth is judged per operation, and per second where time explains it better.</summary>
    Operations,

    /// <summary>Nothing is driven: rounds are stretches of time, and growth is judged per second.</summary>
    Time,
}
