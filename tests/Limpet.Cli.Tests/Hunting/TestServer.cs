using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Limpet.Cli.Tests.Hunting;

/// <summary>An HTTP server on a free loopback port.</summary>
internal sealed class TestServer : IDisposable
{
    private readonly HttpListener _listener = new();

    public TestServer()
    {
        using (TcpListener probe = new(IPAddress.Loopback, 0))
        {
            probe.Start();
            Address = new Uri($"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/");
        }

        _listener.Prefixes.Add(Address.ToString());
        _listener.Start();
        _ = ServeAsync();
    }

    public Uri Address { get; }

    public List<string> Requests { get; } = [];

    /// <summary>Status and body by request; a body of null never ends.</summary>
    public Func<HttpListenerRequest, (int Status, string? Body)> Answer { get; set; } = _ => (200, "ok");

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.GetContextAsync());
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(HttpListenerContext context)
    {
        try
        {
            using StreamReader body = new(context.Request.InputStream);
            string sent = await body.ReadToEndAsync();
            (int status, string? answer) = Answer(context.Request);
            lock (Requests)
            {
                Requests.Add($"{context.Request.HttpMethod} {context.Request.RawUrl} {context.Request.Headers["X-Probe"]} {context.Request.ContentType} {sent}".TrimEnd());
            }

            context.Response.StatusCode = status;
            byte[] bytes = Encoding.UTF8.GetBytes(answer ?? "data: 1\n\n");
            if (answer is not null)
            {
                // Without a length the body goes in chunks, and HttpListener writes an empty piece of it as the last chunk: the one that ends
                // the response would then be taken for the beginning of the next.
                context.Response.ContentLength64 = bytes.Length;
            }

            await context.Response.OutputStream.WriteAsync(bytes);
            await context.Response.OutputStream.FlushAsync();
            if (answer is not null)
            {
                context.Response.Close();
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException or IOException)
        {
            // The client went away: some tests want just that.
        }
    }
}
