namespace Limpet.Heap.Holders.Kinds;

/// <summary>Http clients, their handlers and what these keep: connection pools, connections, requests under way, responses.</summary>
internal sealed class HttpMeaning : NamespaceMeaning
{
    public HttpMeaning()
        : base("System.Net.Http.", "Microsoft.Extensions.Http.")
    {
    }

    /// <inheritdoc />
    protected override string Words(TracePath path, int first, int end)
    {
        string? inner = null;
        for (int position = first; position < end; position++)
        {
            inner = path.TypeAt(position).Name switch
            {
                "System.Net.Http.HttpConnection" or "System.Net.Http.Http2Connection" or "System.Net.Http.Http3Connection" => "connection",
                "System.Net.Http.HttpConnectionPool" => "connection pool",
                "System.Net.Http.HttpConnectionPoolManager" => "connection pools",
                "System.Net.Http.HttpConnectionSettings" => "settings",
                "Microsoft.Extensions.Http.ActiveHandlerTrackingEntry" or "Microsoft.Extensions.Http.ExpiredHandlerTrackingEntry" => "handler in use",
                "System.Net.Http.HttpRequestMessage" => "request",
                "System.Net.Http.HttpResponseMessage" => "response",
                _ => inner,
            };
        }

        string owner = path.TypeAt(first).Name switch
        {
            "System.Net.Http.HttpClient" => " of the HttpClient",
            "Microsoft.Extensions.Http.DefaultHttpClientFactory" => " of the HttpClient factory",
            var name when name.EndsWith("Handler", StringComparison.Ordinal) => " of the handler",
            var name when name.EndsWith("Stream", StringComparison.Ordinal) => " of the response stream",
            _ => "",
        };
        return inner is null && end == first + 1 && path.LabelAt(first).Member is "_handler" or "_innerHandler" or "_underlyingHandler" ? "handler" + owner
            : inner is null ? "held for HTTP" + owner
            : inner + owner;
    }
}
