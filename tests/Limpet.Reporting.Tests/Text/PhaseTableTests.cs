using Limpet.Reporting.Text;
using Limpet.Results;

namespace Limpet.Reporting.Tests.Text;

public sealed class PhaseTableTests
{
    [Fact]
    public void Write_LongRun_ShowsWhatLeftSomethingAndTheHighestPeaks() => Text.AssertUnderEveryCulture(
        """

        Phases
            time      peak  memory  fds  threads  children  phase
          0.50 s  7.00 MiB   +10 B    0        0         0  LEAKS  test_7  left 3 × file /tmp/a
          0.50 s  95.0 MiB   +10 B    0        0         0  test_95
          0.50 s  96.0 MiB   +10 B    0        0         0  test_96
          0.50 s  97.0 MiB   +10 B    0        0         0  test_97
          0.50 s  98.0 MiB   +10 B    0        0         0  test_98
          0.50 s  99.0 MiB   +10 B    0        0         0  test_99
          94 phases that came back to their start are not shown (--verbose)

        """,
        () =>
        {
            TextPage page = new(colors: false);
            PhaseTable.Write(page, [.. Enumerable.Range(0, 100).Select(Phase)], all: false);
            return page.ToString();
        });

    private static WatchPhase Phase(int number) => new($"test_{number}", number, number + 0.5)
    {
        Peak = new TreeFigures { RssBytes = number * 1024 * 1024 },
        Delta = new TreeFigures { RssBytes = 10, Fds = 0, Threads = 0, Children = 0 },
        ReturnedToBaseline = number != 7,
        Leaks = number == 7,
        Left = number == 7 ? [new LeftItem("fds", "file /tmp/a", 3)] : [],
    };
}
