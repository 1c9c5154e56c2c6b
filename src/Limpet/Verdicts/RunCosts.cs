namespace Limpet.Verdicts;

/// <summary>What a run has cost so far.</summary>
/// <param name="Elapsed">From the start of the run, readiness not included.</param>
/// <param name="PerOperation">What an operation takes, from the last rounds; zero when none has been driven.</param>
/// <param name="PerReading">What a settled reading with its capture takes; zero when none has been taken.</param>
public readonly record struct RunCosts(TimeSpan Elapsed, TimeSpan PerOperation, TimeSpan PerReading);
