using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Limpet.TestTargets.Hard.Leaking;

/// <summary>
/// Quotes are asked for over a message bus and answered by correlation number. One supplier in two answers under a number of its own,
/// so that the caller gives up after its deadline, and the entry under which it waited stays: 1 PendingQuote in two operations.
/// </summary>
/// <remarks><code>
/// QuoteClient ─_pending→ ConcurrentDictionary&lt;long, PendingQuote&gt; ─→ PendingQuote ─→ TaskCompletionSource&lt;decimal&gt; ─→ Task
/// </code></remarks>
internal sealed class QuoteBroker : HardLeak
{
    private QuoteClient? _client;

    public override Truth Truth => Truth.Leak(
        "QuoteClient.AskAsync leaves its PendingQuote in _pending when the deadline passes before the answer.",
        "own",
        FindingTruth.Entries(typeof(PendingQuote).FullName!, 0.5, "QuoteClient", "_pending"));

    public override string Build()
    {
        QuoteBus bus = new();
        _client = new QuoteClient(bus);
        _ = new QuoteSupplier(bus, _client).RunAsync();
        return "";
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number) => _client!.AskAsync($"article {number % 50}").GetAwaiter().GetResult();

    protected override int CheckedOperations => 300;
}

internal sealed record QuoteRequest(long Correlation, string Article);

internal sealed class QuoteBus
{
    public Channel<QuoteRequest> Requests { get; } = Channel.CreateUnbounded<QuoteRequest>();
}

internal sealed class PendingQuote
{
    private readonly TaskCompletionSource<decimal> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public PendingQuote(string article)
    {
        Article = article;
        Subjects.Add(this);
    }

    public string Article { get; }

    public Task<decimal> Answer => _answer.Task;

    public void Complete(decimal price) => _answer.TrySetResult(price);
}

internal sealed class QuoteClient(QuoteBus bus)
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromMilliseconds(2);

    private readonly ConcurrentDictionary<long, PendingQuote> _pending = new();
    private long _correlation;

    public async Task<decimal?> AskAsync(string article)
    {
        long correlation = Interlocked.Increment(ref _correlation);
        PendingQuote quote = new(article);
        _pending[correlation] = quote;
        bus.Requests.Writer.TryWrite(new QuoteRequest(correlation, article));

        try
        {
            return await quote.Answer.WaitAsync(s_deadline);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    public void Receive(long correlation, decimal price)
    {
        if (_pending.TryRemove(correlation, out PendingQuote? quote))
        {
            quote.Complete(price);
        }
    }
}

internal sealed class QuoteSupplier(QuoteBus bus, QuoteClient client)
{
    private long _own = long.MinValue;

    public async Task RunAsync()
    {
        await foreach (QuoteRequest request in bus.Requests.Reader.ReadAllAsync())
        {
            client.Receive(request.Correlation % 2 == 0 ? request.Correlation : _own++, request.Article.Length * 1.2m);
        }
    }
}
