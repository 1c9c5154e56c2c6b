using System.Collections.Concurrent;
using Limpet.Checks;
using Limpet.Results;

namespace Limpet.EndToEnd.Tests.Library;

/// <summary>Operations that leave something behind, and what the tool, as a child of the test, says of it.</summary>
public sealed class OperationTraceTests
{
    private static readonly Dictionary<Guid, byte[]> s_receipts = [];
    private static Ticket[] s_sold = [];
    private static ConcurrentQueue<Ticket> s_waiting = [];
    private static readonly List<Echo> s_echoes = new(10_000);

    [Fact]
    public void Verify_DictionaryThatGrows_SaysWhatHoldsIt()
    {
        LeakException leak = Assert.Throws<LeakException>(() => LeakCheck.Verify(() => s_receipts.Add(Guid.NewGuid(), new byte[200])));

        Finding finding = Assert.Single(leak.Result!.Findings, found => found.Kind.Implies() == Verdict.Leak);
        Assert.Equal(1, finding.PerOperation!.Count!.Value, 2);
        Assert.Equal("Limpet.EndToEnd.Tests.Library.OperationTraceTests.s_receipts", finding.Holder!.Root.Name);
        Assert.Contains("┬─── static field Limpet.EndToEnd.Tests.Library.OperationTraceTests.s_receipts", leak.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Limpet.Checks", leak.Message, StringComparison.Ordinal);
    }

    /// <summary>The ways through a queue change with its segments. Another place has had more of the type all the while.</summary>
    [Fact]
    public void Find_QueueThatGrowsBesideMoreOfTheSameType_NamesTheQueue()
    {
        Ticket[] sold = [.. Enumerable.Range(0, 5000).Select(_ => new Ticket())];
        s_sold = sold;

        CheckResult result = LeakCheck.Find(() => s_waiting.Enqueue(new Ticket()));

        Assert.True(result.Verdict == Verdict.Leak, CheckReport.Write(result));
        Assert.True(result.Findings[0].Holder?.Root.Name == "Limpet.EndToEnd.Tests.Library.OperationTraceTests.s_waiting", CheckReport.Write(result));
        (s_sold, s_waiting) = ([], []);
    }

    /// <summary>Somebody else in the process makes an object with each operation, through the rounds that look and those that count, and has ended when other sizes are asked for.</summary>
    [Fact]
    public void Find_EchoThatKeepsStepUntilTheRepeat_IsNoLeak()
    {
        const int Planned = (10 * 13) + (4 * 23) + (6 * 13) + (3 * 23);
        const string Said = "and not with rounds of other sizes";

        // Where the machine is slow, no budget must end the rounds before the repeat.
        LeakCheckOptions options = new() { Budget = TimeSpan.FromMinutes(5) };

        // Where other work in this process moved some bytes meanwhile, there were more rounds before the repeat than planned, and the echo ended in them: then it is asked again.
        CheckResult result;
        bool repeated;
        int tries = 0;
        do
        {
            s_echoes.Clear();
            int calls = 0;
            result = LeakCheck.Find(() =>
            {
                if (++calls <= Planned)
                {
                    Task.Run(() => s_echoes.Add(new Echo())).Wait();
                }
            }, options);

            // Said as a warning where the check began anew, as the reason where others disturbed that too.
            repeated = result.Warnings.Append(result.Reason).Any(text => text.Contains(Said, StringComparison.Ordinal));

            Assert.True(result.Verdict != Verdict.Leak, CheckReport.Write(result));
            Assert.Equal(Planned, s_echoes.Count);
        }
        while (!repeated && ++tries < 5);

        Assert.True(repeated, CheckReport.Write(result));
    }

    [Fact]
    public async Task FindAsync_OperationThatCleansUp_IsClean()
    {
        CheckResult result = await LeakCheck.FindAsync(async () =>
        {
            using CancellationTokenSource source = new();
            await using CancellationTokenRegistration registration = source.Token.Register(() => { });
            await Task.Yield();
        });

        Assert.True(result.Verdict == Verdict.Clean, CheckReport.Write(result));
    }

    [Fact]
    public async Task FindAsync_RegistrationThatStays_SaysSo()
    {
        using CancellationTokenSource lifetime = new();

        CheckResult result = await LeakCheck.FindAsync(async () =>
        {
            byte[] state = new byte[100];
            await Task.Yield();
            lifetime.Token.Register(() => GC.KeepAlive(state));
        });

        Assert.True(result.Verdict == Verdict.Leak, CheckReport.Write(result));
        Assert.True(CheckReport.Write(result).Contains("regist", StringComparison.Ordinal), CheckReport.Write(result));
    }

    private sealed class Ticket;

    private sealed class Echo
    {
        public byte[] Body { get; } = new byte[200];
    }
}
