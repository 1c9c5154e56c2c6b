using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Limpet.Results;
using Limpet.Text;

namespace Limpet.Cli.Hunting.Drivers;

/// <summary>
/// Requests one of the addresses, in turn, and reads the body to its end. Redirects are not followed and cookies are not kept: an operation is
/// one request. A stream that never ends runs into the deadline. A request without a body whose connection was closed before an answer began
/// is sent once more on a new connection: a server may close a kept connection at any time, and that is no failure of the operation.
/// </summary>
internal sealed class UrlDriver : IDriver
{
    private readonly HttpClient _client;

    /// <summary>Keeps no connection. The other one repeats a request as well, but when several run at once every repetition may get another closed connection.</summary>
    private readonly HttpClient _afresh;

    private readonly DriverOptions.Url _options;
    private readonly byte[]? _body;
    private int _turn = -1;

    public UrlDriver(DriverOptions.Url options, int concurrency)
    {
        _options = options;
        _body = options.Body is null ? null : Encoding.UTF8.GetBytes(options.Body);
        _client = Client(options, concurrency, keepConnections: true);
        _afresh = Client(options, concurrency, keepConnections: false);
        using HttpRequestMessage trial = Request(options.Addresses[0]); // headers are checked before anything is started
    }

    /// <inheritdoc />
    public bool HasDeadline => true;

    /// <inheritdoc />
    public async Task<OperationOutcome> RunAsync(CancellationToken cancellationToken)
    {
        Uri address = _options.Addresses[(int)((uint)Interlocked.Increment(ref _turn) % (uint)_options.Addresses.Length)];
        try
        {
            using HttpResponseMessage response = await SendAsync(address, cancellationToken);
            await response.Content.CopyToAsync(Stream.Null, cancellationToken);
            return response.IsSuccessStatusCode
                ? OperationOutcome.Succeeded
                : Failed(address, string.Create(CultureInfo.InvariantCulture, $"answered {(int)response.StatusCode} {response.ReasonPhrase}"));
        }
        catch (HttpRequestException exception)
        {
            return Failed(address, exception.InnerException is SocketException socket ? "failed: " + socket.Message : "failed: " + exception.Message);
        }
        catch (IOException exception)
        {
            return Failed(address, "broke off: " + exception.Message);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _client.Dispose();
        _afresh.Dispose();
    }

    private static HttpClient Client(DriverOptions.Url options, int concurrency, bool keepConnections)
    {
        SocketsHttpHandler handler = new()
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            UseCookies = false,
            MaxConnectionsPerServer = concurrency,
            PooledConnectionLifetime = keepConnections ? Timeout.InfiniteTimeSpan : TimeSpan.Zero,
        };
        OwnCertificates.Accept(handler, options.Addresses);
        return new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    private async Task<HttpResponseMessage> SendAsync(Uri address, CancellationToken cancellationToken)
    {
        try
        {
            using HttpRequestMessage request = Request(address);
            return await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (HttpRequestException exception) when (_body is null && WasClosed(exception))
        {
            using HttpRequestMessage again = Request(address);
            return await _afresh.SendAsync(again, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
    }

    private static bool WasClosed(HttpRequestException exception) =>
        exception.HttpRequestError == HttpRequestError.ResponseEnded
        || exception.InnerException is IOException { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionReset or SocketError.Shutdown } };

    private OperationOutcome Failed(Uri address, string what) =>
        OperationOutcome.Failed(Escaping.Show($"{_options.Method} {Redaction.Url(address.OriginalString)} {what}"));

    private HttpRequestMessage Request(Uri address)
    {
        HttpRequestMessage request = new(new HttpMethod(_options.Method), address);
        if (_body is not null)
        {
            request.Content = new ByteArrayContent(_body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(_options.Body!.AsSpan().TrimStart() is ['{' or '[', ..] ? "application/json" : "text/plain") { CharSet = "utf-8" };
        }

        foreach ((string name, string value) in _options.Headers)
        {
            if (!TryAdd(request, name, value))
            {
                request.Dispose();
                throw new LimpetException($"The header {Escaping.Show(name, 60)} cannot be sent: its name or value is no HTTP header, or it belongs to a body and there is none. Correct it, or leave it out.");
            }
        }

        return request;
    }

    private static bool TryAdd(HttpRequestMessage request, string name, string value)
    {
        if (request.Headers.TryAddWithoutValidation(name, value))
        {
            return !value.AsSpan().ContainsAny('\r', '\n');
        }

        request.Content?.Headers.Remove(name);
        return request.Content?.Headers.TryAddWithoutValidation(name, value) ?? false;
    }
}
