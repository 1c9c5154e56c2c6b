using System.Collections.Immutable;
using Limpet.Results;

namespace Limpet.Guards;

/// <summary>What a test, or one of several that ran at the same time, left behind.</summary>
/// <param name="Tests">Who may have left it: one test, or all that were running at the time. Empty when none was.</param>
/// <param name="Kind">Kind of resource.</param>
/// <param name="What">What it is, such as <c>thread 'order-pump'</c> or <c>file …/orders.log</c>.</param>
/// <param name="Count">How many, or how many bytes for <see cref="FindingKind.ManagedLeak"/>.</param>
/// <param name="Status">How far it is known to be a leak.</param>
public sealed record LeftBehind(ImmutableArray<GuardedTest> Tests, FindingKind Kind, string What, long Count, LeftStatus Status)
{
    /// <summary>What is counted when the test runs again, such as <c>File</c>, <c>Thread</c>, <c>Timer</c> or <c>ManagedBytes</c>.</summary>
    public required string Metric { get; init; }

    /// <summary>Whether several tests ran while it appeared, so that it cannot be said which one left it.</summary>
    public bool Shared => Tests.Length > 1;

    /// <summary>The test that was confirmed to leave it, when it was run alone; null for none.</summary>
    public GuardedTest? Culprit { get; init; }

    /// <summary>The runs that confirmed or refuted it; null when there were none.</summary>
    public DoseOfRuns? Dose { get; init; }

    /// <summary>What else is to be said, such as why it could not be confirmed.</summary>
    public string? Note { get; init; }
}
