using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Limpet.TestTargets.Hard.Leaking;

/// <summary>
/// Viewers of a stream connect to a Kestrel server by WebSocket, say who they are and leave. A viewer that leaves is marked absent, but
/// stays in the table of viewers: 1 StreamViewer per operation.
/// </summary>
/// <remarks><code>
/// ViewerHub ─_viewers→ ConcurrentDictionary&lt;string, StreamViewer&gt; ─→ StreamViewer
/// </code></remarks>
internal sealed class ViewerPresence : HardLeak
{
    private Uri? _address;

    public override Truth Truth => Truth.Leak(
        "A viewer whose WebSocket closed stays in ViewerHub._viewers under its connection's id.",
        "own",
        FindingTruth.Entries(typeof(StreamViewer).FullName!, 1, "ViewerHub", "_viewers"));

    public override string Build()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<ViewerHub>();
        WebApplication application = builder.Build();
        application.UseWebSockets();
        application.Map("/watch", (HttpContext context, ViewerHub hub) => hub.WatchAsync(context));
        application.StartAsync().GetAwaiter().GetResult();
        _address = new UriBuilder(application.Services
            .GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>()
            .Features.Get<IServerAddressesFeature>()!.Addresses.First())
        { Scheme = "ws", Path = "/watch" }.Uri;
        return "";
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number) => VisitAsync(_address!, $"viewer {number}").GetAwaiter().GetResult();

    protected override int CheckedOperations => 100;

    private static async Task VisitAsync(Uri address, string name)
    {
        using ClientWebSocket socket = new();
        await socket.ConnectAsync(address, default);
        await socket.SendAsync(Encoding.UTF8.GetBytes(name), WebSocketMessageType.Text, endOfMessage: true, default);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "bye", default);
    }
}

internal sealed class StreamViewer
{
    public StreamViewer(string name)
    {
        Name = name;
        Subjects.Add(this);
    }

    public string Name { get; }

    public bool Present { get; set; } = true;
}

internal sealed class ViewerHub
{
    private readonly ConcurrentDictionary<string, StreamViewer> _viewers = new(StringComparer.Ordinal);

    public async Task WatchAsync(HttpContext context)
    {
        using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync();
        byte[] buffer = new byte[256];
        WebSocketReceiveResult hello = await socket.ReceiveAsync(buffer, context.RequestAborted);
        StreamViewer viewer = new(Encoding.UTF8.GetString(buffer, 0, hello.Count));
        _viewers[context.Connection.Id] = viewer;
        while (!(await socket.ReceiveAsync(buffer, context.RequestAborted)).CloseStatus.HasValue)
        {
        }

        viewer.Present = false;
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, default);
    }
}
