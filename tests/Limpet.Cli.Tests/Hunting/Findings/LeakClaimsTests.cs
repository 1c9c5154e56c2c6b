using Limpet.Cli.Hunting.Run;
using Limpet.Cli.Tests.Hunting.Run;
using Limpet.Resources;
using Limpet.Results;
using Limpet.Verdicts;

namespace Limpet.Cli.Tests.Hunting.Findings;

/// <summary>Which counter goes with a leak, over the rounds of a drawn hunt.</summary>
public sealed class LeakClaimsTests
{
    private const string Handle = "Microsoft.Win32.SafeHandles.SafeFileHandle";

    /// <summary>Two hundred that something else opened and closed in between keep the count of all from being decided: not so that the ones which are held are there.</summary>
    [Theory]
    [InlineData(1, GrowthShape.Undecided, "ResourceLeak")]
    [InlineData(0, GrowthShape.Flat, "UnboundedGrowth")]
    public void Findings_OfHandlesThatAreHeld_AreAResourceLeakWhereDescriptorsAreUndecided(int opened, GrowthShape shape, string kind)
    {
        HuntLog log = DrawnHunt.Of(
            (h, operations) => h.Static("Shop.Files.open").To(h.Array("Shop.Report[]", [.. Enumerable.Range(0, operations).Select(_ => h.Object("Shop.Report", ("file", h.Object(Handle))))]).Sized(100_000)),
            TimeSpan.FromSeconds(2),
            read: operations => new ProcessReading { Pid = 1, DescriptorCount = 50 + (opened * operations) + (operations is > 300 and < 500 ? opened * 200 : 0) });

        Assert.Equal(shape, DrawnHunt.Judge(log).Counters[Metric.Descriptors].Shape);
        Finding finding = Assert.Single(DrawnHunt.FindingsOf(log));
        Assert.Equal((kind, "Shop.Report"), ($"{finding.Kind}", finding.Subject));
        Assert.Equal(opened == 1, finding.Related.Any(related => related.Metric == Metric.Descriptors));
    }
}
