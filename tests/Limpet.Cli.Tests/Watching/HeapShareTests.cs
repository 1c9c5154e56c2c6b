using Limpet.Cli.Watching.Judging;
using Limpet.Results;

namespace Limpet.Cli.Tests.Watching;

public sealed class HeapShareTests
{
    private const double Mebibyte = 1024 * 1024;

    [Fact]
    public void Hint_HeapStaysWhileMemoryGrows_SaysThatItIsOutside() => Assert.Equal(
        "the GC heap is flat: the memory that the collector has committed went from 40.0 MiB to 44.0 MiB. What grows is outside of it, and limpet inspect 4242 --memory says what it is",
        HeapShare.Hint(4242, runs: true, Figures("gc-committed", 40, 44), 100 * Mebibyte));

    [Fact]
    public void Hint_HeapGrowsWithIt_LeadsToAHunt() => Assert.Equal(
        "the GC heap grows with it: the memory that the collector has committed went from 40.0 MiB to 120 MiB. limpet hunt --pid PID --idle 5s names what it is and what holds it",
        HeapShare.Hint(4242, runs: false, Figures("gc-committed", 40, 120), 100 * Mebibyte));

    [Fact]
    public void Hint_NothingPublished_IsNone() => Assert.Null(HeapShare.Hint(4242, runs: true, new DotNetFigures(), 100 * Mebibyte));

    [Fact]
    public void Hint_NothingCollected_GoesByTheObjects() => Assert.Equal(
        "the GC heap is flat: nothing was collected, and its objects went from 1.00 MiB to 2.00 MiB. What grows is outside of it, and limpet inspect 4242 --memory says what it is",
        HeapShare.Hint(4242, runs: true, Figures("gc-heap-size", 1, 2), 100 * Mebibyte));

    private static DotNetFigures Figures(string name, double first, double last) => new() { Counters = [new CounterFigure("System.Runtime", name, "", "B", false, first * Mebibyte, last * Mebibyte, last * Mebibyte, 0)] };
}
