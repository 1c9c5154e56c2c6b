using System.Runtime.CompilerServices;
using Limpet.TestTargets.Hard.Harmless;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Limpet.TestTargets.Reported;

/// <summary>
/// A site delivers content by a controller that is made for each request and follows the settings: its constructor registers with
/// IOptionsMonitor.OnChange. What OnChange returns is thrown away, so that the monitor, a singleton, keeps every controller.
/// </summary>
/// <remarks><code>
/// OptionsMonitor&lt;DeliverySettings&gt; ─_onChange→ Action ─_invocationList→ object[] ─→ Action ─→ ChangeTrackerDisposable
///     ─_listener→ closure ─→ ContentDelivery
/// </code></remarks>
internal sealed class OptionsChanges(bool mended) : ReportedTarget(mended)
{
    private const int Port = 5231;

    private HttpClient? _visitor;

    protected override string Issue => "umbraco/Umbraco-CMS#20709";

    protected override string Found =>
        "Classes that are not singletons call IOptionsMonitor.OnChange in their constructor and neither keep nor dispose what it returns; the lambda captures the instance, so the monitor holds it.";

    protected override Truth Leak => Truth.Leak(
        "The transient ContentDelivery registers with IOptionsMonitor.OnChange and does not dispose the registration.",
        "framework",
        FindingTruth.Objects(typeof(ContentDelivery).FullName!, 1, "OptionsMonitor", "_onChange", "ContentDelivery")) with
    {
        Hunt = ["--url", $"http://127.0.0.1:{Port}/content", "--ready-line", "ready"],
    };

    protected override string Remedy => "ContentDelivery keeps the registration and disposes it with itself, at the end of the request.";

    public override string Build()
    {
        Uri site = LoopbackSite.Start(
            Subjects.Counting ? 0 : Port,
            services =>
            {
                services.Configure<DeliverySettings>(static settings => settings.PageSize = 10);
                if (Mended)
                {
                    services.AddTransient<ContentDelivery, ClosingContentDelivery>();
                }
                else
                {
                    services.AddTransient<ContentDelivery>();
                }
            },
            static site => site.MapGet("/content", static (HttpContext context) => context.RequestServices.GetRequiredService<ContentDelivery>().Show(context.Response)));
        _visitor = new HttpClient { BaseAddress = site };
        return "";
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number) => _visitor!.GetStringAsync(new Uri("content", UriKind.Relative)).GetAwaiter().GetResult();
}

internal sealed class DeliverySettings
{
    public int PageSize { get; set; }
}

internal class ContentDelivery
{
    private readonly int[] _page = new int[16];
    private DeliverySettings _settings;

    public ContentDelivery(IOptionsMonitor<DeliverySettings> settings)
    {
        Subjects.Add(this);
        _settings = settings.CurrentValue;
        Registration = settings.OnChange(changed => _settings = changed);
    }

    /// <summary>As it is handed out, for those who take it back.</summary>
    protected IDisposable? Registration { get; }

    public Task Show(HttpResponse response) => response.WriteAsync($"{_settings.PageSize} of {_page.Length}");
}

internal sealed class ClosingContentDelivery(IOptionsMonitor<DeliverySettings> settings) : ContentDelivery(settings), IDisposable
{
    public void Dispose() => Registration?.Dispose();
}
