using Limpet.Cli.Watching.Marks;
using Limpet.Cli.Watching.Phases;

namespace Limpet.Cli.Tests.Watching;

public sealed class PhaseBookTests
{
    [Fact]
    public void Take_BeginAndEnd_PhaseGoesToTheNextBeginning() => Assert.Equal(
        ["a 2-4", "b 4-6"],
        Phases((MarkKind.Close, "", 1), (MarkKind.Begin, "a", 2), (MarkKind.End, "a", 3), (MarkKind.Begin, "b", 4), (MarkKind.End, "b", 5), (MarkKind.Close, "", 6)));

    [Fact]
    public void Take_EndsOnly_PhasesGoFromEndToEnd() => Assert.Equal(
        ["a 0-2", "b 2-5"],
        Phases((MarkKind.End, "a", 2), (MarkKind.End, "b", 5), (MarkKind.Close, "", 6)));

    [Fact]
    public void Take_BeginningsOnly_PhasesGoFromBeginningToBeginning() => Assert.Equal(
        ["a 1-2", "b 2-9"],
        Phases((MarkKind.Begin, "a", 1), (MarkKind.Begin, "b", 2)));

    [Fact]
    public void Take_EndOfAnotherThanTheOpenOne_BeginsAndEndsIt() => Assert.Equal(
        ["a 1-3", "b 3-5"],
        Phases((MarkKind.Begin, "a", 1), (MarkKind.End, "a", 2), (MarkKind.End, "b", 3), (MarkKind.Begin, "c", 5), (MarkKind.Close, "", 5)).Take(2));

    [Fact]
    public void Take_EndOfTheWholeOfWhatIsOpen_ChangesNothing() => Assert.Equal(
        ["TestA/x 1-4"],
        Phases((MarkKind.Begin, "TestA/x", 1), (MarkKind.End, "TestA", 3), (MarkKind.Close, "", 4)));

    [Fact]
    public void Take_NoMark_HasNoPhase() => Assert.Empty(Phases());

    [Fact]
    public void Take_FirstEnd_HasTheSetUpInIt()
    {
        PhaseBook book = new(TimeSpan.Zero, default);
        Assert.True(book.Open.HasSetUp);
        book.Take(new Mark(MarkKind.End, "a"), TimeSpan.FromSeconds(1), default, 0);
        Assert.False(book.Open.HasSetUp);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("A A A", false)]
    [InlineData("A A B B B", false)]
    [InlineData("A B A", true)]
    [InlineData("A A B C C B", true)]
    public void TakeSource_OneThatComesAgain_RanBesideTheOther(string sources, bool overlap)
    {
        PhaseBook book = new(TimeSpan.Zero, default);
        foreach (string source in sources.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            book.TakeSource(source);
        }

        Assert.Equal(overlap, book.Overlaps);
    }

    [Theory]
    [InlineData("gw0 gw0", false)]
    [InlineData("gw0 gw0 gw1", true)]
    public void TakeSource_WorkersOfOneSuite_RunAtTheSameTime(string workers, bool overlap)
    {
        PhaseBook book = new(TimeSpan.Zero, default);
        foreach (string worker in workers.Split(' '))
        {
            book.TakeSource(worker, worker: true);
        }

        Assert.Equal(overlap, book.Overlaps);
    }

    [Theory]
    [InlineData(2.0, false)]
    [InlineData(2.4, false)] // told a little late
    [InlineData(5.0, true)]
    public void Take_EndOfATestThatTookLongerThanItsPhase_IsAnOverlap(double took, bool overlap)
    {
        PhaseBook book = new(TimeSpan.Zero, default);
        book.Take(new Mark(MarkKind.End, "a") { Took = TimeSpan.FromSeconds(2) }, TimeSpan.FromSeconds(2), default, 0);
        book.Take(new Mark(MarkKind.End, "b") { Took = TimeSpan.FromSeconds(took) }, TimeSpan.FromSeconds(4), default, 1);

        Assert.Equal(overlap, book.Overlaps);
    }

    [Fact]
    public void Take_EndOfTheWholeOfWhatIsOpen_IsNoOverlap()
    {
        PhaseBook book = new(TimeSpan.Zero, default);
        book.Take(new Mark(MarkKind.Begin, "TestA"), TimeSpan.FromSeconds(1), default, 0);
        book.Take(new Mark(MarkKind.Begin, "TestA/x"), TimeSpan.FromSeconds(9), default, 1);
        book.Take(new Mark(MarkKind.End, "TestA") { Took = TimeSpan.FromSeconds(8.1) }, TimeSpan.FromSeconds(9.1), default, 2);

        Assert.False(book.Overlaps);
    }

    private static string[] Phases(params (MarkKind Kind, string Name, int At)[] marks)
    {
        PhaseBook book = new(TimeSpan.Zero, default);
        int reading = 0;
        foreach ((MarkKind kind, string name, int at) in marks)
        {
            book.Take(new Mark(kind, name), TimeSpan.FromSeconds(at), default, reading++);
        }

        book.Finish(TimeSpan.FromSeconds(9), default, reading);
        return [.. book.Named.Select(phase => $"{phase.Name} {phase.Start.TotalSeconds:0}-{phase.End.TotalSeconds:0}")];
    }
}
