using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text;

namespace Limpet.TestTargets.Hard.Leaking;

/// <summary>
/// Statements are fetched from an archive over HTTP. The head of the response tells the size; when that is unchanged the body is not
/// read, and the response, which waits in a list for it, is not disposed: its connection never goes back to the pool: 1 socket with its
/// HttpResponseMessage per operation. The archive closes its side.
/// </summary>
/// <remarks><code>
/// StatementArchive ─_unchanged→ List&lt;HttpResponseMessage&gt; ─→ HttpResponseMessage ─→ … stream ─→ HttpConnection ─→ Socket
///     ┄→ descriptor "socket:[…]"
/// </code></remarks>
internal sealed class StatementDownloads : HardLeak
{
    private StatementArchive? _archive;

    public override Truth Truth => Truth.Leak(
        "StatementArchive._unchanged keeps responses whose body is neither read nor disposed, and with each its connection.",
        "framework",
        FindingTruth.Resource("ResourceLeak", typeof(HttpResponseMessage).FullName!, 1, "StatementArchive", "_unchanged"));

    public override string Build()
    {
        ArchiveServer server = new();
        server.Start();
        _archive = new StatementArchive(server.Address);
        return "";
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number) => _archive!.RefreshAsync(number % 100).GetAwaiter().GetResult();

    protected override int CheckedOperations => 150;

    protected override double[] Measured() => [OwnProcess.DescriptorsOf("socket:")];
}

internal sealed class StatementArchive(Uri address)
{
    private const int KnownSize = 2_000;

    private readonly HttpClient _client = new() { BaseAddress = address };
    private readonly List<HttpResponseMessage> _unchanged = [];
    private long _downloaded;

    public async Task RefreshAsync(int account)
    {
        HttpResponseMessage response = await _client.GetAsync(new Uri($"statements/{account}", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        if (response.Content.Headers.ContentLength == KnownSize)
        {
            _unchanged.Add(response);
            return;
        }

        using (response)
        {
            _downloaded += (await response.Content.ReadAsByteArrayAsync()).Length;
        }
    }
}

/// <summary>Another company's archive, as far as it matters: it answers one request per connection and closes its side when it has been served.</summary>
internal sealed class ArchiveServer
{
    private static readonly byte[] s_head = Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2000\r\n\r\n");

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public Uri Address => new($"http://{_listener.LocalEndpoint}/");

    public void Start()
    {
        _listener.Start();
        new Thread(Serve) { IsBackground = true, Name = "archive" }.Start();
    }

    private void Serve()
    {
        while (true)
        {
            using Socket connection = _listener.AcceptSocket();
            try
            {
                Answer(connection);
            }
            catch (SocketException)
            {
                // The client has hung up: it had what it wanted.
            }
        }
    }

    private static void Answer(Socket connection)
    {
        byte[] request = new byte[4_096];
        int read = 0;
        while (!request.AsSpan(0, read).EndsWith("\r\n\r\n"u8))
        {
            int received = connection.Receive(request.AsSpan(read));
            if (received == 0)
            {
                return;
            }

            read += received;
        }

        connection.Send([.. s_head, .. new byte[2_000]]);
    }
}
