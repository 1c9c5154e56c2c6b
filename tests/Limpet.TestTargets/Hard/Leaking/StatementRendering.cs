using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text;

namespace Limpet.TestTargets.Hard.Leaking;

/// <summary>
/// Account statements are rendered into large buffers, about three megabytes of the large object heap per operation, all garbage
/// afterwards. The ticket of each rendering stays in a table by request, because only failed ones are taken out: 1 RenderTicket per
/// operation.
/// </summary>
/// <remarks><code>
/// StatementRenderer ─_running→ ConcurrentDictionary&lt;string, RenderTicket&gt; ─→ RenderTicket
/// </code></remarks>
internal sealed class StatementRendering : HardLeak
{
    private readonly StatementRenderer _renderer = new();

    public override Truth Truth => Truth.Leak(
        "Under a churn of large buffers, StatementRenderer._running keeps the RenderTicket of every request that succeeded.",
        "own",
        FindingTruth.Entries(typeof(RenderTicket).FullName!, 1, "StatementRenderer", "_running"));

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number) => Subjects.Add(_renderer.Render($"request-{number}", pages: 1 + (number % 3)));
}

internal sealed class RenderTicket(string request)
{
    public string Request => request;

    public int Bytes { get; set; }
}

internal sealed class StatementRenderer
{
    private const int PageBytes = 512 * 1024;

    private readonly ConcurrentDictionary<string, RenderTicket> _running = new(StringComparer.Ordinal);

    public RenderTicket Render(string request, int pages)
    {
        RenderTicket ticket = _running.GetOrAdd(request, static request => new RenderTicket(request));
        try
        {
            using MemoryStream document = new();
            for (int page = 1; page <= pages; page++)
            {
                document.Write(Page(request, page));
            }

            ticket.Bytes = document.ToArray().Length;
        }
        catch (IOException)
        {
            _running.TryRemove(request, out _);
            throw;
        }

        return ticket;
    }

    private static byte[] Page(string request, int page)
    {
        byte[] raster = new byte[PageBytes];
        Encoding.UTF8.GetBytes($"{request} page {page}", raster);
        return raster;
    }
}
