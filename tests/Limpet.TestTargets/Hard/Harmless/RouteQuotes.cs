using System.Runtime.CompilerServices;
using Microsoft.Extensions.Caching.Memory;

namespace Limpet.TestTargets.Hard.Harmless;

/// <summary>
/// A quote service that keeps the quotes of a route. There are 240 routes, asked for in an order that brings a new one with nearly every
/// operation: the cache grows 1 per operation at first and is full after 240.
/// </summary>
internal sealed class RouteQuotes : HarmlessTarget
{
    private readonly QuoteService _quotes = new();

    public override Truth Truth => Truth.Harmless(
        "The cache of quotes has one entry for each of 240 routes and is full after 240 operations.",
        "Microsoft.Extensions.Caching.Memory",
        "Clean", "Bounded");

    protected override double Cap => QuoteService.Routes;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number) => Subjects.Add(_quotes.Quote(number));
}

internal sealed record RouteQuote(int Route, decimal Price);

internal sealed class QuoteService
{
    public const int Routes = 240;

    private readonly MemoryCache _cache = new(new MemoryCacheOptions());

    public RouteQuote Quote(int request) => _cache.GetOrCreate(
        request * 7 % Routes,
        static entry => new RouteQuote((int)entry.Key, 40 + ((int)entry.Key % 13)))!;
}
