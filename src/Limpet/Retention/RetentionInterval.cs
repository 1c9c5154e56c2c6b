namespace Limpet.Retention;

/// <summary>
/// When objects went, as exactly as it was looked: after <see cref="LastSeenAlive"/>, and at <see cref="FirstSeenCleared"/> at the latest. Who looks
/// only after ten seconds learns that they were gone after ten seconds, and not when.
/// </summary>
/// <param name="LastSeenAlive">The last look at which some were alive.</param>
/// <param name="FirstSeenCleared">The first look at which none was.</param>
public readonly record struct RetentionInterval(TimeSpan LastSeenAlive, TimeSpan FirstSeenCleared);
