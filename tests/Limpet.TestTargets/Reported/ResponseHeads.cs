using System.Runtime.CompilerServices;
using Limpet.TestTargets.Hard.Leaking;

namespace Limpet.TestTargets.Reported;

/// <summary>
/// A link checker asks for pages and looks at the heads of the answers only: the call returns when the head is there, and the body waits on the
/// connection. The responses are dropped, so that no connection goes back to the pool; the far end closes its side, and the sockets stay in
/// CLOSE_WAIT until a collection happens to come and the finalizer with it. Nothing holds them: there is no leak to a hunt, which collects.
/// </summary>
/// <remarks><code>
/// (nothing) HttpResponseMessage ─→ … stream ─→ HttpConnection ─→ Socket ─→ SafeSocketHandle (finalizable) ┄→ descriptor "socket:[…]"
/// </code></remarks>
internal sealed class ResponseHeads(bool mended) : ReportedTarget(mended)
{
    private LinkChecker? _checker;
    private int _left;

    protected override string Issue => "dotnet/corefx#32864";

    protected override string Found =>
        "With ResponseHeadersRead the connection belongs to the response until its body has been read or the response is disposed, and the program did neither.";

    protected override Truth Leak => new(
        "LinkChecker neither reads nor disposes the responses, whose sockets stay open until a finalizer closes them.",
        "framework",
        ["Delayed"],
        FindingTruth.Resource("DelayedResource", "socket", 1));

    protected override string Remedy => "LinkChecker disposes the response when it has the status.";

    /// <summary>What the client and the far end have on the way when the last operation returns.</summary>
    protected override double Cap => 3 * Listening;

    protected override double Tolerance => 0.1;

    protected override int CheckedOperations => 150;

    private static int Listening => 3;

    public override string Build()
    {
        ArchiveServer server = new();
        server.Start();
        _checker = new LinkChecker(server.Address);
        return "";
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number) => _checker!.CheckAsync(number, Mended).GetAwaiter().GetResult();

    /// <summary>Counts what a stretch leaves open right after it, before anything is collected.</summary>
    protected override void Drive(int first)
    {
        int before = OwnProcess.DescriptorsOf("socket:");
        base.Drive(first);
        _left += OwnProcess.DescriptorsOf("socket:") - before;
    }

    /// <summary>Sockets that all stretches so far left open, all of which must be closed by now.</summary>
    protected override double[] Measured() => OwnProcess.DescriptorsOf("socket:") <= Listening
        ? [_left]
        : throw new InvalidOperationException($"{OwnProcess.DescriptorsOf("socket:")} sockets are open after the collections.");
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
