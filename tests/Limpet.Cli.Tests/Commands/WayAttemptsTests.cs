using Limpet.Capture;
using Limpet.Cli.Commands;
using Limpet.Results;

namespace Limpet.Cli.Tests.Commands;

/// <summary>Which ways to a heap are tried when one of them is refused, and what is said of that.</summary>
public sealed class WayAttemptsTests : IDisposable
{
    private readonly StringWriter error = new();

    public void Dispose() => error.Dispose();

    [Fact]
    public void First_WhereTheDumpWouldStopTheProcessTooLong_TriesTheNextAndSaysWhy()
    {
        List<(CaptureWay Way, bool IsInstead)> tried = [];
        CaptureWay taken = First(quiet: false, [CaptureWay.Dump, CaptureWay.EventPipe], (way, isInstead) =>
        {
            tried.Add((way, isInstead));
            return way == CaptureWay.Dump ? throw new StallRefusedException("Refused: the dump takes 3 s.").Refusal : way;
        });

        Assert.Equal(CaptureWay.EventPipe, taken);
        Assert.Equal([(CaptureWay.Dump, false), (CaptureWay.EventPipe, true)], tried);
        Assert.Equal("Refused: the dump takes 3 s.\n", error.ToString());
    }

    [Fact]
    public void First_WhereEveryWayIsRefused_EndsWithTheLastReason()
    {
        LimpetException refusal = Assert.Throws<LimpetException>(() => First(quiet: false, [CaptureWay.Dump, CaptureWay.EventPipe], (way, _) => throw new StallRefusedException($"Refused: {way}.").Refusal));
        Assert.Equal((Trouble.Refused, "Refused: EventPipe."), (refusal.Trouble, refusal.Message));
        Assert.Equal("Refused: Dump.\n", error.ToString());
    }

    [Fact]
    public void First_WhereEveryWayIsRefusedAndNothingIsSaidMeanwhile_EndsWithAllReasons()
    {
        LimpetException refusal = Assert.Throws<LimpetException>(() => First(quiet: true, [CaptureWay.Dump, CaptureWay.EventPipe], (way, _) => throw new StallRefusedException($"Refused: {way}.").Refusal));
        Assert.Equal("Refused: Dump. Refused: EventPipe.", refusal.Message);
        Assert.Equal("", error.ToString());
    }

    [Fact]
    public void First_WhereReadingItsMemoryWouldStopTheProcessTooLong_TriesNothingSlower()
    {
        Assert.Throws<LimpetException>(() => First(quiet: false, [CaptureWay.Live, CaptureWay.Dump], (way, _) => way == CaptureWay.Live ? throw new StallRefusedException("Refused: 3 s.").Refusal : way));
    }

    [Fact]
    public void First_WhereAWayFailsForAnotherReason_TriesNoOther()
    {
        Assert.Throws<LimpetException>(() => First(quiet: false, [CaptureWay.Dump, CaptureWay.EventPipe], (way, _) => way == CaptureWay.Dump ? throw new LimpetException("There is no process 4711.") : way));
    }

    private CaptureWay First(bool quiet, CaptureWay[] ways, Func<CaptureWay, bool, CaptureWay> capture) =>
        WayAttempts.First([.. ways], capture, new CommandOutput(TextWriter.Null, error) { Quiet = quiet });
}
