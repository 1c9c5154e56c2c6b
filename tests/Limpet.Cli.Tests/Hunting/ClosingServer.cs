using System.Net;
using System.Net.Sockets;

namespace Limpet.Cli.Tests.Hunting;

/// <summary>An HTTP server that promises to keep each connection and closes it after one answer, as some do when they are busy or restarted.</summary>
internal sealed class ClosingServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private int connections;

    public ClosingServer()
    {
        listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
        _ = AcceptAsync();
    }

    public Uri Address { get; }

    public int Connections => Volatile.Read(ref connections);

    public void Dispose() => listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = AnswerAsync(await listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        Interlocked.Increment(ref connections);
        using (client)
        {
            NetworkStream stream = client.GetStream();
            using StreamReader request = new(stream, leaveOpen: true);
            while (await request.ReadLineAsync() is not (null or ""))
            {
            }

            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: keep-alive\r\n\r\nok"u8.ToArray());
        }
    }
}
