using System.Collections.Immutable;
using Limpet.Capture.Children;
using Limpet.Cli.Watching;
using Limpet.Results;
using Spectre.Console.Rendering;

namespace Limpet.Cli.Tests.Watching;

public sealed class LiveScreenTests
{
    private static readonly ImmutableArray<SeriesPoint> Course = [.. Enumerable.Range(0, 30).Select(i => new SeriesPoint(i, i, i, i))];

    [Fact]
    public void Lines_UsualTerminal_HasTotalsBarsTableAndTheWayOut() => AssertScreen(
        """
        12 s  90.0 MiB in 2 processes, peak 120 MiB; in test_totals
        max-rss      ███████████████░░░░░░░░░░░░░░░ 50 %
        max-fds      ██████████████████████████████ 120 %  broken

            PID       RSS      peak    fds threads   cpu s memory       command
           4242  60.0 MiB  64.0 MiB     17       2     0.5 ▁▁▂▂▃▄▄▅▆▆▇█ python3 -m pyte…
           4250  30.0 MiB  30.0 MiB      ?      12     3.0 ▁▁▂▂▃▄▄▅▆▆▇█ node server.js

        limpet: phase test_totals has stalled
        Ctrl-C ends the watching and leaves the processes running
        """,
        Figures(2),
        new TerminalSize(80, 24));

    [Fact]
    public void Lines_WideTerminal_HasWholeCommandsAndLongCourses() => AssertScreen(
        """
        12 s  90.0 MiB in 1 process, peak 120 MiB; in test_totals
        max-rss      ███████████████░░░░░░░░░░░░░░░ 50 %
        max-fds      ██████████████████████████████ 120 %  broken

            PID       RSS      peak    fds threads   cpu s memory                   command
           4242  60.0 MiB  64.0 MiB     17       2     0.5 ▁▁▁▁▂▂▂▃▃▃▄▄▄▄▅▅▅▆▆▆▇▇▇█ python3 -m pytest -v test_orders.py

        limpet: phase test_totals has stalled
        Ctrl-C ends the watching and leaves the processes running
        """,
        Figures(1),
        new TerminalSize(120, 40));

    [Fact]
    public void Lines_NarrowAndLow_LeavesOutWhatMattersLeast() => AssertScreen(
        """
        12 s  90.0 MiB in 20 processes, peak 12…
        max-rss      ███████████████░░░░░░░░░░░…
        max-fds      ██████████████████████████…

            PID       RSS    fds command
           4242  60.0 MiB     17 python3 -m pyt…
        19 more processes have no room here

        limpet: phase test_totals has stalled
        Ctrl-C ends the watching and leaves the…
        """,
        Figures(20),
        new TerminalSize(40, 10));

    [Fact]
    public void Lines_AnySize_FitIntoIt()
    {
        for (int columns = 1; columns < 200; columns += 13)
        {
            for (int rows = 1; rows < 50; rows += 4)
            {
                IReadOnlyList<string> lines = LiveScreen.Lines(Figures(1 + (rows * 7 % 60)), new TerminalSize(columns, rows));
                Assert.InRange(lines.Count, 1, rows);
                Assert.All(lines, line => Assert.InRange(new Segment(line).CellCount(), 0, columns));
            }
        }
    }

    [Fact]
    public void Lines_LettersOfTwoCells_AreCutByCells()
    {
        LiveFigures figures = Figures(1) with { Phase = new string('漢', 100) };
        Assert.InRange(new Segment(LiveScreen.Lines(figures, new TerminalSize(80, 24))[0]).CellCount(), 79, 80);
    }

    [Theory]
    [InlineData("", 8)]
    [InlineData("▁", 1)]
    [InlineData("▁▃▅█", 4)]
    public void Spark_Readings_AreScaledBetweenLowestAndHighest(string expected, int length) =>
        Assert.Equal(expected, LiveScreen.Spark(expected.Length == 0 ? [] : [new(0, 0, 0, 10), new(1, 0, 0, 20), new(2, 0, 0, 30), new(3, 0, 0, 40)], length));

    private static LiveFigures Figures(int processes) => new(
        TimeSpan.FromSeconds(12),
        new ByteSize(94371840),
        new TreeFigures { RssBytes = 125829120 },
        [
            new LiveProcess(4242, new ByteSize(62914560), new ByteSize(67108864), 17, 2, 0.5, Course, "python3 -m pytest -v test_orders.py"),
            .. Enumerable.Range(0, processes - 1).Select(i => new LiveProcess(4250 + i, new ByteSize(31457280), new ByteSize(31457280), null, 12, 3, Course, "node server.js")),
        ],
        [("max-rss", 0.5), ("max-fds", 1.2)])
    {
        Phase = "test_totals",
        Said = "limpet: phase test_totals has stalled",
    };

    private static void AssertScreen(string expected, LiveFigures figures, TerminalSize size) =>
        Assert.Equal(expected, string.Join('\n', LiveScreen.Lines(figures, size).Select(line => line.TrimEnd())));
}
