using Limpet.Checks;
using Limpet.Results;

namespace Limpet.EndToEnd.Tests.Library;

/// <summary>Objects that stay, and what the tool, as a child of the test, says of them.</summary>
public sealed class CollectedTraceTests
{
    private static readonly Desk s_desk = new();
    private static readonly List<object> s_saved = [];
    private static Ticket? s_last;

    [Fact]
    public void VerifyCollected_Subscriber_SaysWhatHoldsIt()
    {
        LeakException leak = Assert.Throws<LeakException>(() => LeakCheck.VerifyCollected(() => new Window(s_desk)));

        Assert.Equal(Verdict.Leak, leak.Result!.Verdict);
        Assert.Contains(
            """
            ┬─── static field Limpet.EndToEnd.Tests.Library.CollectedTraceTests.s_desk
            ├─ Limpet.EndToEnd.Tests.Library.CollectedTraceTests.Desk    Leaking: unknown (one capture tells what holds it, not whether it should)
            │    ↓ event Called
            │      ~~~~~~~~~~~~
            ├─ System.EventHandler                                       Leaking: unknown (one capture tells what holds it, not whether it should)
            """,
            leak.Message,
            StringComparison.Ordinal);
        Assert.Contains("╰→ Limpet.EndToEnd.Tests.Library.CollectedTraceTests.Window", leak.Message, StringComparison.Ordinal);
        Assert.Contains("remove the handler (Desk.Called -= …)", leak.Message, StringComparison.Ordinal);
        Assert.Null(leak.Result.NoTraceReason);
        Assert.DoesNotContain("Limpet.Checks", leak.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FindCollected_SubscriberOfALocal_IsALeak()
    {
        Desk desk = new();

        CheckResult result = LeakCheck.FindCollected(() => new Window(desk));

        Assert.True(result.Verdict == Verdict.Leak, CheckReport.Write(result));
        Assert.Contains("event Called", CheckReport.Write(result), StringComparison.Ordinal);
        GC.KeepAlive(desk);
    }

    [Fact]
    public void FindCollected_LocalOfTheTest_IsFalseRetention()
    {
        Ticket ticket = new();

        CheckResult result = LeakCheck.FindCollected(() => ticket);

        Assert.True(result.Verdict == Verdict.Inconclusive, CheckReport.Write(result));
        Assert.StartsWith("False retention: only the test itself holds the Limpet.EndToEnd.Tests.Library.CollectedTraceTests.Ticket, in ", result.Reason, StringComparison.Ordinal);
        Assert.Empty(result.Findings);
        Assert.False(result.Passed);
        GC.KeepAlive(ticket);
    }

    [Fact]
    public async Task FindCollectedAsync_VariableOfTheTest_IsFalseRetention()
    {
        Ticket? ticket = null;
        await Task.Yield();

        CheckResult result = await LeakCheck.FindCollectedAsync(async () =>
        {
            await Task.Yield();
            return ticket = new Ticket();
        });

        Assert.True(result.Verdict == Verdict.Inconclusive, CheckReport.Write(result));
        Assert.True(result.Reason.Contains("False retention", StringComparison.Ordinal), CheckReport.Write(result));
        Assert.NotNull(ticket);
    }

    [Fact]
    public async Task FindCollected_VariableOfAnAsyncTest_IsFalseRetention()
    {
        await Task.Yield();
        Ticket ticket = new();
        await Task.Yield();

        CheckResult result = LeakCheck.FindCollected(() => ticket);

        await Task.Yield();
        Assert.True(result.Verdict == Verdict.Inconclusive, CheckReport.Write(result));
        GC.KeepAlive(ticket);
    }

    [Fact]
    public void FindCollected_FieldThatHoldsTheNewest_IsALeakThatSaysSo()
    {
        CheckResult result = LeakCheck.FindCollected(() => s_last = new Ticket());

        Assert.True(result.Verdict == Verdict.Leak, CheckReport.Write(result));
        Assert.Contains("the newest of 3 was reachable", result.Reason, StringComparison.Ordinal);
        Assert.Equal("StaticField", result.Findings[0].Holder!.Root.Kind);
        Assert.Equal(1, result.Findings[0].Retained!.Count);
        s_last = null;
    }

    [Fact]
    public void FindCollected_ObjectThatItsFinalizerSaves_SaysWhere()
    {
        CheckResult result = LeakCheck.FindCollected(() => new Phoenix());

        Assert.True(result.Verdict == Verdict.Leak, CheckReport.Write(result));
        Assert.Contains("static field Limpet.EndToEnd.Tests.Library.CollectedTraceTests.s_saved", CheckReport.Write(result), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FindCollectedAsync_ObjectInATimer_SaysSo()
    {
        List<Timer> timers = [];

        CheckResult result = await LeakCheck.FindCollectedAsync(async () =>
        {
            Ticket ticket = new();
            await Task.Yield();
            timers.Add(new Timer(_ => GC.KeepAlive(ticket), null, TimeSpan.FromHours(1), TimeSpan.FromHours(1)));
            return ticket;
        });

        timers.ForEach(timer => timer.Dispose());
        Assert.True(result.Verdict == Verdict.Leak, CheckReport.Write(result));
        Assert.Contains("timer callback", CheckReport.Write(result), StringComparison.Ordinal);
    }

    private sealed class Desk
    {
        public event EventHandler? Called;

        public void Call() => Called?.Invoke(this, EventArgs.Empty);
    }

    private sealed class Window
    {
        private int calls;

        public Window(Desk desk) => desk.Called += OnCalled;

        private void OnCalled(object? sender, EventArgs e) => calls++;
    }

    private sealed class Ticket;

    private sealed class Phoenix
    {
        ~Phoenix()
        {
            lock (s_saved)
            {
                s_saved.Add(this);
            }
        }
    }
}
