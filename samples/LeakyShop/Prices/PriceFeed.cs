using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Shop;

/// <summary>The price bus as a stream. A listener that is slow misses old prices, it does not pile them up.</summary>
internal sealed class PriceFeed : IPriceFeed
{
    private const int Backlog = 32;

    public async IAsyncEnumerable<PriceChanged> ListenAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Channel<PriceChanged> channel = Channel.CreateBounded<PriceChanged>(
            new BoundedChannelOptions(Backlog) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

        void Forward(object? sender, PriceChanged change) => channel.Writer.TryWrite(change);

        PriceBus.Changed += Forward;
        try
        {
            await foreach (PriceChanged change in channel.Reader.ReadAllAsync(cancellationToken))
            {
                yield return change;
            }
        }
        finally
        {
            PriceBus.Changed -= Forward;
        }
    }
}
