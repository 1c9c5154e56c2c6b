using System.Collections.Immutable;
using Limpet.Cli.Hunting.Findings;
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

    /// <summary>Native memory that a leak may cost is no reason to doubt a run whose leak is known; what no leak may cost is one.</summary>
    [Theory]
    [InlineData(40_000, Metric.NativeBytes)]
    [InlineData(100, "")]
    public void Explained_NativeMemoryThatIsUndecided_IsWhatTheLeakMayCost(int size, string expected)
    {
        HuntLog log = DrawnHunt.Of(
            (h, operations) => h.Static("Shop.Store.orders").To(h.Array("Shop.Order[]", [.. Enumerable.Range(0, operations).Select(_ => h.Object("Shop.Order").Sized(size))]).Sized(100_000)),
            TimeSpan.FromSeconds(2),
            read: operations => new ProcessReading { Pid = 1, PrivateBytes = new ByteSize(50_000_000 + (operations > 300 ? 3_000_000 : 0) + (operations > 500 ? 3_000_000 : 0) + (operations > 800 ? 3_000_000 : 0)) });
        HuntFindings findings = new(new HuntEvidence(log, DrawnHunt.Judge(log), null, ImmutableDictionary<string, (long Immediate, long Natural)>.Empty));

        Assert.Single(findings.Build());
        Assert.Equal(GrowthShape.Undecided, DrawnHunt.Judge(log).Counters[Metric.NativeBytes].Shape);
        Assert.Equal(expected, string.Join(' ', findings.Explained));
    }

    /// <summary>An event has a handle and no descriptor.</summary>
    [Fact]
    public void Findings_OfHandlesThatAreNoDescriptors_HaveNoShareOfThese()
    {
        HuntLog log = DrawnHunt.Of(
            (h, operations) =>
            {
                h.Static("Shop.Files.open").To(h.Array("Shop.Report[]", [.. Enumerable.Range(0, operations).Select(_ => h.Object("Shop.Report", ("file", h.Object(Handle))))]).Sized(100_000));
                h.Static("Shop.Desk.signals").To(h.Array("Shop.Signal[]", [.. Enumerable.Range(0, operations).Select(_ => h.Object("Shop.Signal", ("done", h.Object("Microsoft.Win32.SafeHandles.SafeWaitHandle"))))]).Sized(100_000));
            },
            TimeSpan.FromSeconds(2),
            read: operations => new ProcessReading { Pid = 1, DescriptorCount = 50 + operations });

        Assert.Equal(
            ["Shop.Report ResourceLeak 1", "Shop.Signal UnboundedGrowth "],
            DrawnHunt.FindingsOf(log).OrderBy(finding => finding.Subject, StringComparer.Ordinal)
                .Select(finding => FormattableString.Invariant($"{finding.Subject} {finding.Kind} {finding.Related.FirstOrDefault(related => related.Metric == Metric.Descriptors)?.PerOperation}")));
    }

    /// <summary>What begins halfway has the bytes, parts and threads of what begins halfway.</summary>
    [Fact]
    public void Findings_OfALeakThatBeginsLate_HaveAllRatesOfTheSameRounds()
    {
        HuntLog log = DrawnHunt.Of(
            (h, operations) => h.Static("Shop.Store.orders").To(h.Array("Shop.Order[]", [.. Enumerable.Range(0, Math.Max(0, operations - 300)).Select(_ => h.Object("Shop.Order", ("lines", h.Object("Shop.Line"))).Sized(100))]).Sized(100_000)),
            TimeSpan.FromSeconds(4));

        Finding finding = Assert.Single(DrawnHunt.FindingsOf(log));
        Assert.InRange(finding.PerOperation!.Count!.Value, 0.9, 1);
        Assert.Equal(finding.PerOperation.Count.Value, Assert.Single(finding.Related, related => related.Metric == "Shop.Line").PerOperation!.Value, 0.001);
    }

    /// <summary>One refused reading is no reason to pass what grew all the while.</summary>
    [Fact]
    public void Findings_OfACounterThatWasRefusedLast_AreTold()
    {
        HuntLog log = DrawnHunt.Of((_, _) => { }, TimeSpan.FromSeconds(2), read: operations => new ProcessReading { Pid = 1, DescriptorCount = operations > 900 ? null : 50 + operations });

        Finding finding = Assert.Single(DrawnHunt.FindingsOf(log));
        Assert.Equal(("ResourceLeak", "descriptor"), ($"{finding.Kind}", finding.Subject));
    }
}
