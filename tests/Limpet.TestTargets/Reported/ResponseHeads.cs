using System.Runtime.CompilerServices;
using Limpet.TestTargets.Hard.Leaking;

namespace Limpet.TestTargets.Reported;

/// <summary>
/// A link checker asks for pages and looks at the heads of the answers only: the call returns when the head is there, and the body waits on the
/// connection. The responses are not disposed, so that no connection goes back to the pool; the far end closes its side, and the sockets stay in CLOSE_WAIT.
/// </summary>
/// <remarks><code>
/// LinkChecker ─_answers→ Dictionary&lt;int, HttpResponseMessage&gt; ─→ HttpResponseMessage ─→ … stream ─→ HttpConnection ─→ Socket ┄→ descriptor "socket:[…]"
/// </code></remarks>
internal sealed class ResponseHeads(bool mended) : ReportedTarget(mended)
{
    private LinkChecker? _checker;

    protected override string Issue => "dotnet/corefx#32864";

    protected override string Found =>
        "With ResponseHeadersRead the connection belongs to the response until its body has been read or the response is disposed, and the program did neither.";

    protected override Truth Leak => Truth.Leak(
        "LinkChecker looks at the heads of responses and neither reads nor disposes them.",
        "framework",
        FindingTruth.Resource("ResourceLeak", typeof(HttpResponseMessage).FullName!, 1, "LinkChecker", "_answers"));

    protected override string Remedy => "LinkChecker keeps the status and disposes the response.";

    /// <summary>The listening socket of the far end and what the runtime has of its own.</summary>
    protected override double Cap => 4;

    public override string Build()
    {
        ArchiveServer server = new();
        server.Start();
        _checker = new LinkChecker(server.Address);
        return "";
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number) => _checker!.CheckAsync(number, Mended).GetAwaiter().GetResult();

    protected override int CheckedOperations => 150;

    protected override double[] Measured() => [OwnProcess.DescriptorsOf("socket:")];
}

internal sealed class LinkChecker(Uri address)
{
    private readonly HttpClient _client = new() { BaseAddress = address };
    private int _sound;

    public async Task CheckAsync(int page, bool dispose)
    {
        HttpResponseMessage answer = await _client.GetAsync(new Uri($"pages/{page}", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        _sound += answer.IsSuccessStatusCode ? 1 : 0;
        if (dispose)
        {
            answer.Dispose();
        }
    }
}
