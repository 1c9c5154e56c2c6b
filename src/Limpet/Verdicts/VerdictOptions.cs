namespace Limpet.Verdicts;

/// <summary>How much evidence a verdict needs. The defaults are the product's; tests and <c>--quick</c> lower them.</summary>
public sealed record VerdictOptions
{
    /// <summary>The defaults.</summary>
    public static VerdictOptions Default { get; } = new();

    /// <summary>Half the rounds and a sixth of the operations: for trying out, not for a gate.</summary>
    public static VerdictOptions Quick { get; } = new() { MinimumRounds = 4, MinimumOperations = 100, MinimumDuration = TimeSpan.Zero, LongestWindow = TimeSpan.Zero };

    /// <summary>Rounds through which growth must go on before it is called a leak.</summary>
    /// <value>Default 8, at least <see cref="WindowRounds"/>.</value>
    public int MinimumRounds { get; init; } = 8;

    /// <summary>Operations through which growth must go on before it is called a leak.</summary>
    /// <value>Default 600, at least 0.</value>
    public long MinimumOperations { get; init; } = 600;

    /// <summary>Time through which growth must go on before it is called a leak: what expires sooner has shown that it does.</summary>
    /// <value>Default 15 s, at least zero. Frameworks drop what has been idle for ten seconds.</value>
    public TimeSpan MinimumDuration { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Time through which a count must have grown for it not to matter whether it follows the time in use or the operations.</summary>
    /// <value>Default 2 min, at least zero. What opens by time, such as the windows of a circuit breaker, is mostly closed by then.</value>
    public TimeSpan LongestWindow { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Rounds that are dropped at the start.</summary>
    /// <value>Default 2, at least 0.</value>
    public int Warmup { get; init; } = 2;

    /// <summary>The fewest windows in each of which growth must be seen.</summary>
    /// <value>Default 4, at least 3.</value>
    public int WindowRounds { get; init; } = 4;

    /// <summary>Rounds are merged until this much growth is expected in each, so that a leak on every tenth operation shows in all.</summary>
    /// <value>Default 5 objects, at least 1.</value>
    public double ExpectedPerRound { get; init; } = 5;

    /// <summary>Share of the mean rate that the weakest window must reach.</summary>
    /// <value>Default 0.25, from 0 to 1.</value>
    public double WeakestShare { get; init; } = 0.25;

    /// <summary>Share of the mean rate that the weakest window must reach for a count to be called a leak before the budget is used up.</summary>
    /// <value>Default 0.75, from <see cref="WeakestShare"/> to 1.</value>
    public double SteadyShare { get; init; } = 0.75;

    /// <summary>How far the measured dose may lie from the expected one for a count to be called a leak before the budget is used up.</summary>
    /// <value>Default 0.05, from 0 to 0.20.</value>
    public double SteadyDose { get; init; } = 0.05;

    /// <summary>Share of all growth that one round may bring beyond its own for bytes to be called a leak.</summary>
    /// <value>Default 0.25, from 0 to 1. A thread, an arena or compiled code takes memory at once; what operations leave behind comes with each round.</value>
    public double LargestJump { get; init; } = 0.25;

    /// <summary>The largest fall from a peak, as a share of net growth, that a leak may show.</summary>
    /// <value>Default 0.10, from 0 to 1.</value>
    public double Drawdown { get; init; } = 0.10;

    /// <summary>Growth fades when its later half has less than this share of the earlier half's rate.</summary>
    /// <value>Default 0.85, from 0 to 1.</value>
    public double FadingShare { get; init; } = 0.85;

    /// <summary>Bytes below which memory is not judged, whatever the idle rounds measured.</summary>
    /// <value>Default 256 KiB, at least 0.</value>
    public double NoiseFloorBytes { get; init; } = 256 * 1024;

    /// <summary>Bytes up to which memory that came in a few steps, and did not go on in the last rounds, is taken for the runtime's own when the budget is used up.</summary>
    /// <value>Default 0: all bytes are the program's.</value>
    public double RuntimeBytes { get; init; }

    /// <summary>Bytes per operation below which memory is not judged, however many operations there were.</summary>
    /// <value>Default 64 B, at least 0.</value>
    public double BytesPerOperation { get; init; } = 64;

    /// <summary>Whether growth must follow the dose. Who only watches a program cannot double its work: then no leak is proven as well as after a hunt.</summary>
    /// <value>Default true.</value>
    public bool RequireDose { get; init; } = true;

    /// <summary>The smallest net growth of a count that can be a leak: <see cref="ExpectedPerRound"/> in each of <see cref="WindowRounds"/>.</summary>
    public double SmallestCount => ExpectedPerRound * WindowRounds;
}
