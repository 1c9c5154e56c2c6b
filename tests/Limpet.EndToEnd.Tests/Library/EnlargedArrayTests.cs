using Limpet.Checks;
using Limpet.EndToEnd.Tests.Hunts;
using Limpet.Results;

namespace Limpet.EndToEnd.Tests.Library;

/// <summary>An array of the test's own, twice as large every 64 operations, beside objects that leak: these decide, and of the array is said what is not known.</summary>
[Collection(HuntsAlone.Name)]
public sealed class EnlargedArrayTests
{
    private const int EnlargedEvery = 64;
    private const int Largest = 1 << 22;

    private static readonly List<Sheet> s_sheets = [];
    private static double[] s_samples = new double[256];
    private static int s_operations;

    [Fact]
    public void Find_AnArrayThatDoublesBesideALeak_IsToldAsNotSeen()
    {
        CheckResult result = LeakCheck.Find(() =>
        {
            s_sheets.Add(new Sheet());
            if (++s_operations % EnlargedEvery == 0 && s_samples.Length < Largest)
            {
                Array.Resize(ref s_samples, 2 * s_samples.Length);
            }
        });
        s_sheets.Clear();
        s_samples = [];

        string report = CheckReport.Write(result);
        Assert.True(result.Verdict == Verdict.Leak, report);
        Assert.EndsWith(nameof(Sheet), Assert.Single(result.Findings).Subject, StringComparison.Ordinal);
        Assert.Matches(
            @"How full the array behind static field \S*EnlargedArrayTests\.s_samples is: it grew in steps, from \S+ [KM]iB to \S+ [KM]iB, and what an array has room for is not what is in it\. Next: have twice as many operations done, with LeakCheckOptions\.Operations = \d+; if more than \S+ [KM]iB are there then, it fills\.",
            Assert.Single(result.BlindSpots));
        Assert.Contains("not seen: How full the array behind ", report, StringComparison.Ordinal);
    }

    private sealed class Sheet
    {
        public byte[] Pixels { get; } = new byte[64 * 1024];
    }
}
