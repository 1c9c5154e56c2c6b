namespace Limpet.Guards;

/// <summary>How far it is known whether what a test left behind is a leak.</summary>
public enum LeftStatus
{
    /// <summary>It was there when the class had ended, and gone at the end of the run.</summary>
    ReleasedLater,

    /// <summary>It is there at the end of the run; nothing more is known.</summary>
    Suspect,

    /// <summary>Run again alone, the test left as much with each run, and twice as much with twice the runs.</summary>
    Confirmed,

    /// <summary>Run again alone, it left nothing after its first runs: a pool, a cache, the first use of something.</summary>
    FirstUseOnly,

    /// <summary>Run again alone, it grew, but not with the runs; or it could not be run again. The note says why.</summary>
    NotConfirmed,
}
