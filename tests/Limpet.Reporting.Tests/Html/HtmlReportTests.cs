using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Limpet.Reporting.Html;
using Limpet.Reporting.Text;
using Limpet.Results;

namespace Limpet.Reporting.Tests.Html;

public sealed class HtmlReportTests
{
    private static readonly NextCommand Next = new("limpet hunt --url 'http://127.0.0.1:5117/orders?a=1&b=<2>'", "again, when it is mended");

    [Fact]
    public void Write_Hunt_HasVerdictFindingsChartsRoundsAndDoubts() => Text.Text.AssertUnderEveryCulture(
        """
        main
          header.verdict.bad
            p.kicker limpet hunt
            h1 Leak
            p.reason Shop.OrderView: +1.00 per operation in 8 of 8 rounds.
            p.faint 1,637 operations done, 2 failed, in 12.3 s on process 4242 (.NET 10.0.12)
            p.command dotnet Shop.dll
          p.next Next | limpet hunt --url 'http://127.0.0.1:5117/orders?a=1&b=<2>' | again, when it is mended
          section.findings
            h2 Findings
            article.finding.bad
              h3 ManagedLeak | Shop.OrderView
              p.numbers 91 retained, +1.00 per operation, 127 KiB
              p.hint To do | OrderView..ctor (OrderView.cs:42) subscribes Bus.Changed; remove the handler when the view closes
              pre.trace
        ┬─── static field Shop.Bus.Changed
        ├─ System.EventHandler                          Leaking: no (Bus is used by every round)
        │    ↓ event handler, delegate target
        │                     ~~~~~~~~~~~~~~~
        ╰→ Shop.OrderView                               Leaking: yes (+1.00 per operation in 8 of 8 rounds)
              figure.chart.wide
                figcaption Count after each round
                svg [Count after each round: 1626 | 91]
              dl.facts
                dt why
                dd +1.00 per operation in 8 of 8 rounds.
                dt dose
                dd 2 times the work, 2.05 times the growth (confirmed)
                dt readings
                dd 104 immediate, 97 natural, 91 settled
                dt with it
                dd fds +1.00 per operation (file /var/log/shop/view-*.log), Shop.Line +3.00 per operation
                dt limits
                dd seen up to 1,637 operations; a cap above 1,637 is not excluded
                dt signature
                dd b2c1
          section.doubt
            h2 Warnings
            ul
              li descriptors could not be read
          section
            h2 Budgets
            div.scroll
              table
                thead
                  tr budget | state | measured | allowed
                tbody
                  tr.leaks max-rss | broken | 214 B | 200 B
          section
            h2 Readings after each round
            p.faint Settled readings. The shaded stretch is the warm-up, which is not judged; a round without operations stands where the round before it does.
            div.charts
              figure.chart
                figcaption Reachable objects
                svg [Reachable objects: 1626 | 31250]
              figure.chart
                figcaption Managed bytes
                svg [Managed bytes: 1626 | 1300000]
              figure.chart
                figcaption Descriptors
                svg [Descriptors: 1626 | 91]
              figure.chart
                figcaption Threads
                svg [Threads: 13 1626 | 14 14]
          section
            h2 Rounds
            div.scroll
              table
                thead
                  tr round | operations | failed | at | paused | stall | objects | managed | fds | threads
                tbody
                  tr Warmup | 13 | - | 1.3 s | - | - | - | - | - | 14
                  tr Base | 1,613 | 2 | 11.5 s | 2.5 s | 13 ms | 31,250 | 1.24 MiB | 91 | 14
          section
            h2 Noise floor
            p.faint The largest change between readings while nothing was driven.
            dl.facts
              dt fds
              dd 0
              dt managedBytes
              dd 2.00 KiB
          section
            h2 Not seen
            ul
              li memory that the kernel holds for sockets
          section
            h2 Environment
            dl.facts
              dt gc
              dd workstation
          footer.faint limpet 1.2.3, begun 2026-03-04 05:06:07 UTC, 12.3 s. Whoever reads this file reads names of the program; secrets are taken out by name and shape, which cannot know every one.

        """,
        () => Outline(Samples.Hunt, Next));

    [Fact]
    public void Write_Watch_HasPhasesBudgetsProjectionsProcessesAndItsOwnCost() => Text.Text.AssertUnderEveryCulture(
        """
        main
          header.verdict.bad
            p.kicker limpet watch
            h1 Leak
            p.reason file /tmp/order-*.log: 2 of 3 phases left 10 that are still open at the end
            p.faint 2 phases in 3.5 s on process 4242, which ended with exit code 1; 3 processes; peak 60.0 MiB resident (50.0 MiB with shared pages once), 20 descriptors, 3 threads, 1 child
            p.command python3 -m pytest -v
          section.findings
            h2 Findings
            article.finding.bad
              h3 ResourceLeak | file /tmp/order-*.log
              p.numbers 10 left, +3.33 per phase
              dl.facts
                dt why
                dd 2 of 3 phases left 10 that are still open at the end: test_a (5), test_b (5)
                dt of it
                dd file /tmp/order-*.log +3.00 per phase, file /tmp/x +0.33 per phase
                dt signature
                dd watch:File:file /tmp/order-*.log
            article.finding.bad
              h3 NativeLeak | private memory of python3
              p.numbers 30.0 MiB at the end, +1.00 MiB per phase
              dl.facts
                dt why
                dd 3 of 3 phases took 1.00 MiB each
                dt signature
                dd watch:memory:python3
          section.doubt
            h2 Warnings
            ul
              li process 4250 (sleep 30) was left running
          section
            h2 Budgets
            div.scroll
              table
                thead
                  tr budget | state | measured | allowed
                tbody
                  tr max-rss | kept | 60.0 MiB | 954 MiB
                  tr.leaks max-fds | broken | 17 | 15
                  tr return-to-baseline | not measured | (not measured) | 10 %
          section
            h2 Way to the limits
            div.scroll
              table
                thead
                  tr limit | value | used | reached in about
                tbody
                  tr descriptor limit | 1,024 | 17 | 302 phases (250 to 400), 3 min
                  tr memory limit of the control group | 954 MiB | 477 MiB | 3 h
          section
            h2 Over time
            p.faint A vertical line is the beginning of a phase; phases that leak are shaded. A process has a line of its own from its fifth second on.
            figure.chart.wide
              figcaption Descriptors | all processes | 4242 python3 -m pytest -v
              svg [4242 python3 -m pytest -v: 0.5 3 | 6 8] [all processes: 0 | 7]
          section
            h2 Phases, and what each left
            div.scroll
              table
                thead
                  tr phase | time | peak | memory | fds | threads | children | left behind
                tbody
                  tr.leaks test_a | 0.50 s | 40.0 MiB | +1.00 MiB | +5 | 0 | 0 | 5 × file /tmp/order-*.log, 1.00 MiB of memory
                  tr test\u001b[31m_b | 0.25 s | ? | -4.00 KiB | -1 | +1 | ?
          section
            h2 Processes
            div.scroll
              table
                thead
                  tr pid | command | from | to | exit code | peak | descriptors | threads | processor
                tbody
                  tr 4242 | python3 -m pytest -v | 0.0 s | 3.3 s | 1 | 60.0 MiB | 17 | 2 | 0.5 s
                  tr.leaks 4250 | 1.5 s | left running | ? | ? | ? | 0.0 s
          p.faint 1 more that took less are left out.
          section
            h2 How well it was watched
            dl.facts
              dt readings
              dd 70
              dt missed
              dd 4
              dt gaps
              dd 1, the longest 0.5 s
              dt refused
              dd 0
              dt lines read
              dd 12
              dt marks
              dd 7, 1 of them read late
              dt orphans reaped
              dd 0
              dt cost
              dd 0.25 s of processor time, 7.1 % of a core
          section
            h2 Not seen
            ul
              li processes that lived for less than a tenth of a second
          footer.faint limpet 1.2.3, begun 2026-03-04 05:06:07 UTC, 3.5 s. Whoever reads this file reads names of the program; secrets are taken out by name and shape, which cannot know every one.

        """,
        () => Outline(Samples.Watch, null));

    [Fact]
    public void Write_EveryJudgedResult_IsWellFormedAndLoadsNothing() => Assert.All(Samples.All.OfType<JudgedResult>(), result =>
    {
        string html = HtmlReport.Write(result, new NextCommand("limpet ps"));
        XElement page = HtmlOutline.Parse(html);
        Assert.All(page.DescendantsAndSelf().Attributes(), attribute => Assert.DoesNotContain(attribute.Name.LocalName, (string[])["src", "href", "style", "srcset", "action"]));
        Assert.All((string[])["http:", "https:", "url(", "@import", "fetch("], what => Assert.DoesNotContain(what, html, StringComparison.Ordinal));
    });

    [Theory]
    [InlineData("script")]
    [InlineData("style")]
    public void Write_OwnScriptAndStyle_AreTheOnlyOnesThatMayRun(string element)
    {
        XElement page = HtmlOutline.Parse(HtmlReport.Write(Samples.Hunt));
        XElement one = Assert.Single(page.Descendants(element));
        string policy = page.Descendants("meta").Single(meta => (string?)meta.Attribute("http-equiv") == "Content-Security-Policy").Attribute("content")!.Value;
        Assert.Contains($"{element}-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(one.Value)))}'", policy, StringComparison.Ordinal);
        Assert.StartsWith("default-src 'none';", policy, StringComparison.Ordinal);
        // Neither knows escaping in HTML: with none of these in it, a page is the same to every reader.
        Assert.DoesNotContain('<', one.Value);
        Assert.DoesNotContain('&', one.Value);
    }

    [Fact]
    public void Write_HostileNamesOfAHunt_ChangeNoElement() => AssertHarmless(HostileNames.Hunt);

    [Fact]
    public void Write_HostileNamesOfAWatch_ChangeNoElement() => AssertHarmless(HostileNames.Watch);

    [Fact]
    public void Write_ReadingThatWasNotTaken_IsNoPoint()
    {
        RoundMeasurement round = Samples.Hunt.Measurements.Rounds[1];
        HuntResult result = Samples.Hunt with { Measurements = new Measurements { Rounds = [round, round with { Metrics = round.Metrics.Remove("fds") }, round] } };
        XElement fds = HtmlOutline.Parse(HtmlReport.Write(result)).Descendants("g").Single(group => (string?)group.Attribute("data-name") == "Descriptors");
        Assert.Equal("1613 4839", fds.Attribute("data-x")!.Value);
        Assert.Equal("91 91", fds.Attribute("data-y")!.Value);
        Assert.Equal(2, fds.Elements("circle").Count());
    }

    [Fact]
    public void Write_UndecidedHunt_DrawsWhatCouldNotBeDecided() => Assert.Contains(
        """
          section
            h2 Undecided
            p Shop.Order: It grew by 16, but fell by 8 on the way, over 10% of it.
            figure.chart.wide
              figcaption After each round
              svg [After each round: 13 1626 | 40 56]
            p fds: 2 of 3 readings were refused.
            figure.chart.wide
              figcaption After each round
              svg [After each round: 1626 | 7]

        """.ReplaceLineEndings("\n"),
        Outline(UndecidedHunt.Result, null),
        StringComparison.Ordinal);

    [Fact]
    public void Write_HuntWithoutOperations_GoesByTime()
    {
        HuntResult idle = Samples.Hunt with { Findings = [], Measurements = new Measurements { Rounds = [.. Samples.Hunt.Measurements.Rounds.Select(round => round with { Operations = 1 })] } };
        XElement threads = HtmlOutline.Parse(HtmlReport.Write(idle)).Descendants("g").Single(group => (string?)group.Attribute("data-name") == "Threads");
        Assert.Equal("1.25 11.5", threads.Attribute("data-x")!.Value);
    }

    /// <summary>The script sorts a column by its numbers only where every cell has one; the word of a reading that was not taken is none.</summary>
    [Fact]
    public void Write_ColumnOfNumbers_HasTheNumberOfEachCell() => Assert.All(Samples.All.OfType<JudgedResult>(), result =>
    {
        foreach (XElement table in HtmlOutline.Parse(HtmlReport.Write(result)).Descendants("table"))
        {
            bool[] numbers = [.. table.Descendants("th").Select(head => (string?)head.Attribute("class") == "n")];
            Assert.All(table.Element("tbody")!.Elements("tr"), row => Assert.Equal(numbers, row.Elements("td").Select(cell => cell.Attribute("data-v") is not null)));
        }
    });

    [Fact]
    public void Write_Rounds_AreSortedByTheirReadingsAndNotByTheirTexts()
    {
        RoundMeasurement round = Samples.Hunt.Measurements.Rounds[1];
        HuntResult result = Samples.Hunt with { Measurements = new Measurements { Rounds = [round, round with { Metrics = round.Metrics.SetItem("managedBytes", 2_000_000_000) }, round with { Metrics = round.Metrics.Remove("managedBytes") }] } };

        XElement table = HtmlOutline.Parse(HtmlReport.Write(result)).Descendants("section").Single(section => (string?)section.Element("h2") == "Rounds").Descendants("table").Single();

        int managed = table.Descendants("th").Select(head => head.Value).ToList().IndexOf("managed");
        Assert.Equal(
            [("1.24 MiB", "1300000"), ("1.86 GiB", "2000000000"), ("-", "-Infinity")],
            table.Element("tbody")!.Elements("tr").Select(row => row.Elements("td").ElementAt(managed)).Select(cell => (cell.Value, (string?)cell.Attribute("data-v"))));
    }

    [Fact]
    public void Write_LongCommandOfAProcess_IsCutBetweenLettersAndCounted()
    {
        WatchedProcess process = Samples.Watch.Processes[0] with { Command = ["/usr/bin/python3", new string('a', 31) + "🙂bbb"] };
        XElement page = HtmlOutline.Parse(HtmlReport.Write(Samples.Watch with { Processes = Samples.Watch.Processes.SetItem(0, process) }));

        Assert.Contains(page.Descendants("g"), line => (string?)line.Attribute("data-name") == $"4242 python3 {new string('a', 31)}… (5 more)");
    }

    private static void AssertHarmless(Func<string, JudgedResult> make)
    {
        string hostile = HtmlReport.Write(make(HostileNames.Name), new NextCommand(HostileNames.Name, HostileNames.Name));
        Assert.Equal(HtmlOutline.Skeleton(HtmlReport.Write(make("harmless"), new NextCommand("harmless", "harmless"))), HtmlOutline.Skeleton(hostile));
        Assert.Contains("alert(1)", HtmlOutline.Parse(hostile).Element("body")!.Element("main")!.Value, StringComparison.Ordinal); // it is shown
        Assert.DoesNotContain(hostile, c => c is '\u2028' or '\u001b' or '\u202e' or '\0' or '\ufffe' || char.IsSurrogate(c));
    }

    private static string Outline(JudgedResult result, NextCommand? next) => HtmlOutline.Of(HtmlOutline.Parse(HtmlReport.Write(result, next)).Element("body")!);
}
