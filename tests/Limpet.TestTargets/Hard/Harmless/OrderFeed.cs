using System.Runtime.CompilerServices;

namespace Limpet.TestTargets.Hard.Harmless;

/// <summary>
/// Reads the order feed of a shop as an asynchronous stream, page by page, and breaks off when it has what it wants. The feed holds a place in
/// the list of readers while it is read, and its finally gives the place back.
/// </summary>
internal sealed class OrderFeed : HarmlessTarget
{
    private readonly OrderPages _pages = new();

    public override Truth Truth => Truth.Harmless(
        "Breaking off disposes of the stream, which takes its reader off the list.", "framework", "Clean");

    protected override double Cap => 0;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number) => TakeAsync(number, 3 + (number % 5)).GetAwaiter().GetResult();

    protected override double[] Measured() => [Subjects.Alive() + _pages.Readers];

    private async Task TakeAsync(int number, int wanted)
    {
        using CancellationTokenSource closing = new();
        await foreach (FeedOrder order in _pages.ReadAsync(number, closing.Token).Where(order => order.Sum > 2))
        {
            Subjects.Add(order);
            if (--wanted == 0)
            {
                break;
            }
        }
    }
}

internal sealed record FeedOrder(int Number, decimal Sum, string[] Articles);

internal sealed record FeedReader(int Since, CancellationToken Closing);

internal sealed class OrderPages
{
    private const int OrdersPerPage = 4;

    private readonly HashSet<FeedReader> _readers = [];

    public int Readers => _readers.Count;

    public async IAsyncEnumerable<FeedOrder> ReadAsync(int since, [EnumeratorCancellation] CancellationToken closing = default)
    {
        FeedReader reader = new(since, closing);
        _readers.Add(reader);
        try
        {
            for (int page = 0; !closing.IsCancellationRequested; page++)
            {
                foreach (FeedOrder order in await LoadAsync(since, page))
                {
                    yield return order;
                }
            }
        }
        finally
        {
            _readers.Remove(reader);
        }
    }

    private static async Task<FeedOrder[]> LoadAsync(int since, int page)
    {
        await Task.Yield();
        return [.. Enumerable.Range(page * OrdersPerPage, OrdersPerPage).Select(order => new FeedOrder(since + order, order % 9, [$"article {order}"]))];
    }
}
