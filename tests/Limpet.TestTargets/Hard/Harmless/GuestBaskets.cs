using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;

namespace Limpet.TestTargets.Hard.Harmless;

/// <summary>
/// A site whose guests have a basket in their session. Those who ask bring no cookie, as a crawler does: each request opens a session, which ends when nobody has used it for 12 seconds. A hunt may be
/// over before it was seen to.
/// </summary>
internal sealed class GuestBaskets : HarmlessTarget
{
    private const int Port = 5533;
    private static readonly TimeSpan s_unused = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(60);

    /// <summary>Where the sessions are; nothing public counts them.</summary>
    private static readonly FieldInfo s_kept = typeof(MemoryDistributedCache).GetField("_memCache", BindingFlags.Instance | BindingFlags.NonPublic)!;

    private HttpClient? _guest;
    private IServiceProvider? _services;

    public override Truth Truth => Truth.Harmless(
        "A session ends 12 seconds after its last use, and the cache of sessions looks for such ones every second.", "framework", "Clean", "Bounded") with
    {
        Hunt = ["--url", $"http://127.0.0.1:{Port}/basket/next", "--ready-line", "ready"],
    };

    protected override double Cap => 0;

    protected override int CheckedOperations => 100;

    public override string Build()
    {
        Uri site = LoopbackSite.Start(
            Port,
            static services => services
                .AddDistributedMemoryCache(static cache => cache.ExpirationScanFrequency = TimeSpan.FromSeconds(1))
                .AddSession(static session => session.IdleTimeout = s_unused)
                .AddSingleton<BasketNumbers>(),
            site =>
            {
                _services = site.Services;
                site.UseSession();
                site.MapGet("/basket/next", static (HttpContext context) =>
                {
                    int basket = context.RequestServices.GetRequiredService<BasketNumbers>().Next();
                    context.Session.SetInt32("basket", basket);
                    return context.Response.WriteAsync($"basket {basket}");
                });
            });
        _guest = new HttpClient { BaseAddress = site };
        return "";
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number) => _guest!.GetStringAsync(new Uri("basket/next", UriKind.Relative)).GetAwaiter().GetResult();

    /// <summary>All must go by themselves; a question sets off the cache's own search.</summary>
    protected override double[] Measured()
    {
        IDistributedCache sessions = _services!.GetRequiredService<IDistributedCache>();
        MemoryCache kept = (MemoryCache)s_kept.GetValue(sessions)!;
        SpinWait.SpinUntil(() => sessions.Get("nobody") is null && kept.Count == 0, s_deadline);
        return [kept.Count];
    }
}

internal sealed class BasketNumbers
{
    private int _last;

    public int Next()
    {
        int number = Interlocked.Increment(ref _last);
        RequestSeal.Of(number);
        return number;
    }
}
