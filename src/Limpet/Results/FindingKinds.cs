namespace Limpet.Results;

/// <summary>Which verdict each kind of finding implies.</summary>
public static class FindingKinds
{
    /// <summary>The verdict of a run that has a finding of <paramref name="kind"/> and no graver one.</summary>
    public static Verdict Implies(this FindingKind kind) => kind switch
    {
        FindingKind.Hang => Verdict.Hang,
        FindingKind.DelayedCollection or FindingKind.DelayedResource => Verdict.Delayed,
        FindingKind.BoundedRetention => Verdict.Bounded,
        _ => Verdict.Leak,
    };
}
