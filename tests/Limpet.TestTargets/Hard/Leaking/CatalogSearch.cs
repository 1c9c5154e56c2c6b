using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Caching.Memory;

namespace Limpet.TestTargets.Hard.Leaking;

/// <summary>
/// Results of searches are cached by their question, which contains the moment down to the second of the customer's clock: no question
/// comes twice, and the cache has neither size nor time limit: 1 CatalogPage with its hits per operation.
/// </summary>
/// <remarks><code>
/// CatalogService ─_pages→ MemoryCache ─→ ConcurrentDictionary ─→ CacheEntry ─_value→ CatalogPage ─→ CatalogHit[]
/// </code></remarks>
internal sealed class CatalogSearch : HardLeak
{
    private readonly CatalogService _catalog = new();

    public override Truth Truth => Truth.Leak(
        "CatalogService caches each page under a key that never comes again, in a MemoryCache without a limit.",
        "framework",
        FindingTruth.Entries(typeof(CatalogPage).FullName!, 1, "CatalogService", "_pages", "MemoryCache"));

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number) => Subjects.Add(_catalog.Find("lamp", second: number));
}

internal sealed record CatalogHit(int Article, string Title);

internal sealed record CatalogPage(string Question, CatalogHit[] Hits);

internal sealed class CatalogService
{
    private readonly MemoryCache _pages = new(new MemoryCacheOptions());

    public CatalogPage Find(string words, int second) => _pages.GetOrCreate(
        string.Create(CultureInfo.InvariantCulture, $"{words}@{second}"),
        entry => new CatalogPage((string)entry.Key, [.. Enumerable.Range(1, 6).Select(article => new CatalogHit(article, $"{words} {article}"))]))!;
}
