using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Limpet.TestTargets.Hard.Harmless;

/// <summary>
/// The catalog of a shop as a site. A request looks a product up in its category, of which there are 180 that come into use one by one, each with a
/// page that is rendered once; visitors are counted by the hour of the day.
/// </summary>
internal sealed class CatalogSite : HarmlessTarget
{
    private const int Port = 5517;

    private HttpClient? _visitor;

    public override Truth Truth => Truth.Harmless(
        "There is one page for each of 180 categories, and 24 counters of visitors.", "own", "Clean", "Bounded") with
    {
        Hunt = ["--url", $"http://127.0.0.1:{Port}/catalog/next", "--ready-line", "ready"],
    };

    protected override double Cap => CategoryPages.Categories;

    public override string Build()
    {
        Uri site = LoopbackSite.Start(
            Port,
            static services => services.AddSingleton<CategoryPages>().AddScoped<VisitCounting>(),
            static site => site.MapGet("/catalog/next", static (HttpContext context) =>
                context.RequestServices.GetRequiredService<VisitCounting>().ShowNext(context.Response)));
        _visitor = new HttpClient { BaseAddress = site };
        return "";
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number) => _visitor!.GetStringAsync(new Uri("catalog/next", UriKind.Relative)).GetAwaiter().GetResult();
}

internal sealed record CategoryPage(int Category, string Html);

internal sealed class CategoryPages
{
    public const int Categories = 180;

    private readonly ConcurrentDictionary<int, CategoryPage> _pages = new();
    private readonly int[] _visitors = new int[24];
    private int _visits;

    public CategoryPage Next()
    {
        int visit = Interlocked.Increment(ref _visits);
        RequestSeal.Of(visit);
        Interlocked.Increment(ref _visitors[visit % _visitors.Length]);
        return _pages.GetOrAdd(visit * 7 % Categories, static category =>
        {
            CategoryPage page = new(category, string.Concat(Enumerable.Range(0, 60).Select(line => $"<li>{category}-{line}</li>")));
            Subjects.Add(page);
            return page;
        });
    }
}

internal sealed class VisitCounting(CategoryPages pages)
{
    public Task ShowNext(HttpResponse response) => response.WriteAsync(pages.Next().Html);
}
