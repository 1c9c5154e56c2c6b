using System.Globalization;
using Limpet.Results;

namespace Limpet.Guards;

/// <summary>How a guard watches a run of tests.</summary>
public sealed record LeakGuardOptions
{
    /// <summary>File that the summary goes to, as JSON. Null, the default: only what <see cref="LeakGuard.EndRun"/> returns.</summary>
    public string? SummaryFile { get; init; }

    /// <summary>Whether suspects are run again, alone and doubled, in a process of their own. Default true.</summary>
    public bool Confirm { get; init; } = true;

    /// <summary>
    /// Time that all confirmations of a run may take together. Default 30 seconds. Suspects that it does not suffice for stay suspects, and the
    /// table says so.
    /// </summary>
    public TimeSpan ConfirmationBudget { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Suspects that are run again, the first that were seen. Default 10, at least 1.</summary>
    public int MostConfirmations { get; init; } = 10;

    /// <summary>
    /// What the guard may cost a test on average, while tests run. Default 0.5 ms. Readings that settle the heap are put off where they would cost
    /// more; several classes then share one.
    /// </summary>
    public TimeSpan OverheadPerTest { get; init; } = TimeSpan.FromMilliseconds(0.5);

    /// <summary>Live managed bytes that a class must leave behind to be suspected. Default 1 MiB: the first use of a library costs that easily.</summary>
    public ByteSize SuspiciousGrowth { get; init; } = new(1 << 20);

    /// <summary>
    /// Live managed bytes that each further run of a class must leave behind to be called a leak. Default 16 KiB: frameworks keep the results of
    /// the tests that ran.
    /// </summary>
    public ByteSize SmallestLeak { get; init; } = new(16 << 10);

    /// <summary>The options with what the environment says: <c>LIMPET_GUARD_SUMMARY</c> is a file, <c>LIMPET_GUARD_CONFIRM=0</c> runs nothing again,
    /// <c>LIMPET_GUARD_BUDGET</c> is the seconds for it.</summary>
    public LeakGuardOptions WithEnvironment() => this with
    {
        SummaryFile = Environment.GetEnvironmentVariable("LIMPET_GUARD_SUMMARY") is { Length: > 0 } file ? file : SummaryFile,
        ConfirmationBudget = int.TryParse(Environment.GetEnvironmentVariable("LIMPET_GUARD_BUDGET"), NumberStyles.None, CultureInfo.InvariantCulture, out int seconds)
            ? TimeSpan.FromSeconds(seconds)
            : ConfirmationBudget,
        Confirm = Confirm && Environment.GetEnvironmentVariable("LIMPET_GUARD_CONFIRM") != "0",
    };
}
