using System.Xml.Linq;
using Limpet.Reporting.JUnit;
using Limpet.Results;

namespace Limpet.Reporting.Tests.JUnit;

public sealed class JUnitReportTests
{
    [Fact]
    public void Write_Watch_HasACaseForRunPhasesFindingsAndBudgets() => Text.Text.AssertUnderEveryCulture(
        """
        <?xml version="1.0" encoding="utf-8"?>
        <testsuites name="limpet watch" tests="8" failures="5" errors="1" skipped="0" time="3.500">
          <testsuite name="limpet watch" tests="8" failures="5" errors="1" skipped="0" time="3.500" timestamp="2026-03-04T05:06:07">
            <testcase classname="limpet.watch" name="verdict" time="3.500">
              <failure message="Leak: file /tmp/order-*.log: 2 of 3 phases left 10 that are still open at the end" type="Leak" />
            </testcase>
            <testcase classname="limpet.watch" name="phase test_a" time="0.500">
              <failure message="left 5 × file /tmp/order-*.log, 1.00 MiB of private memory" type="Leak" />
            </testcase>
            <testcase classname="limpet.watch" name="phase test\u001b[31m_b" time="0.250" />
            <testcase classname="limpet.watch" name="ResourceLeak file /tmp/order-*.log" time="0.000">
              <failure message="2 of 3 phases left 10 that are still open at the end: test_a (5), test_b (5)" type="ResourceLeak">
        ResourceLeak  file /tmp/order-*.log  10 left, +3.33 per phase
           why: 2 of 3 phases left 10 that are still open at the end: test_a (5), test_b (5)
           of it: file /tmp/order-*.log +3.00 per phase, file /tmp/x +0.33 per phase
        </failure>
            </testcase>
            <testcase classname="limpet.watch" name="NativeLeak private memory of python3" time="0.000">
              <failure message="3 of 3 phases took 1.00 MiB each" type="NativeLeak">
        NativeLeak  private memory of python3  30.0 MiB at the end, +1.00 MiB per phase
           why: 3 of 3 phases took 1.00 MiB each
        </failure>
            </testcase>
            <testcase classname="limpet.watch" name="budget max-rss" time="0.000" />
            <testcase classname="limpet.watch" name="budget max-fds" time="0.000">
              <failure message="17 measured, 15 allowed" type="BrokenBudget" />
            </testcase>
            <testcase classname="limpet.watch" name="budget return-to-baseline" time="0.000">
              <error message="it was not measured" type="BrokenBudget" />
            </testcase>
          </testsuite>
        </testsuites>

        """,
        () => JUnitReport.Write(Samples.Watch));

    [Theory]
    [InlineData(Verdict.Inconclusive, "error")]
    [InlineData(Verdict.NotRun, "error")]
    [InlineData(Verdict.Hang, "failure")]
    [InlineData(Verdict.Clean, null)]
    [InlineData(Verdict.Bounded, null)]
    public void Write_Verdict_IsAPassOnlyWhereItIsOne(Verdict verdict, string? element)
    {
        XElement run = XDocument.Parse(JUnitReport.Write(Samples.Hunt with { Verdict = verdict })).Descendants("testcase").First();
        Assert.Equal(element, run.Elements().FirstOrDefault()?.Name.LocalName);
    }

    [Theory]
    [InlineData(FindingStatus.New, "failure")]
    [InlineData(FindingStatus.Known, "skipped")]
    [InlineData(FindingStatus.Fixed, null)]
    public void Write_Finding_FailsUnlessItIsKnown(FindingStatus status, string? element)
    {
        XElement finding = XDocument.Parse(JUnitReport.Write(Samples.Hunt with { Findings = [Samples.Leak with { Status = status }] })).Descendants("testcase").ElementAt(1);
        Assert.Equal(element, finding.Elements().FirstOrDefault()?.Name.LocalName);
    }
}
