using Limpet.Results;

namespace Limpet.Reporting.Tests;

/// <summary>A hunt that four series kept from being decided.</summary>
internal static class UndecidedHunt
{
    public static HuntResult Result { get; } = Samples.Hunt with
    {
        Verdict = Verdict.Inconclusive,
        Reason = "Shop.Order: It grew by 16, but fell by 8 on the way, over 10% of it.",
        Findings = [],
        Warnings = [],
        BlindSpots = [],
        Budgets = [],
        Measurements = Samples.Hunt.Measurements with
        {
            Undecided =
            [
                new UndecidedSeries("Shop.Order", "It grew by 16, but fell by 8 on the way, over 10% of it.", [40, 56]),
                new UndecidedSeries("fds", "2 of 3 readings were refused.", [null, 7]),
                new UndecidedSeries("Shop.Line", "It grew by 15, fewer than the 20 that count as growth.", [1, 16.5]),
                new UndecidedSeries("nativeBytes", "It grew by 300000, but not in every part of the 8 rounds.", [100, 300100]),
            ],
        },
    };
}
