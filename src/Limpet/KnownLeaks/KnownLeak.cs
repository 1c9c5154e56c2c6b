namespace Limpet.KnownLeaks;

/// <summary>A leak that a test declares: it is known, and accepted for now. <see cref="KnownLeakJudge"/> holds what the test did against it.</summary>
/// <param name="Id">The mark by which it is found in sources and ledgers, such as <c>MEMLEAK-FIX-1</c>.</param>
public sealed record KnownLeak(string Id)
{
    /// <summary>The type that leaks; null for any. An open generic type stands for all that are made of it.</summary>
    public Type? Type { get; init; }

    /// <summary>Words that the retention trace must have, such as <c>PriceBus.Changed</c>; null for any. With it, a leak without a trace is not proven.</summary>
    public string? Holder { get; init; }

    /// <summary>The last day on which it is accepted; null for no end.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>The mark as it stands in the source.</summary>
    public override string ToString() => $"[KnownLeak(\"{Id}\"{(Type is null ? "" : $", Type = typeof({LeakingType.NameOf(Type)})")}{(Holder is null ? "" : $", Holder = \"{Holder}\"")})]";
}
