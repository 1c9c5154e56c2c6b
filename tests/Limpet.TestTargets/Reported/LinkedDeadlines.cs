using System.Runtime.CompilerServices;

namespace Limpet.TestTargets.Reported;

/// <summary>
/// A search asks its back ends within a deadline. Deadlines of one length are shared, so that there is not a timer for every call, and each call
/// links its caller's token to the shared one. The linked source is dropped, not disposed: the shared deadline remembers it.
/// </summary>
/// <remarks><code>
/// static Deadlines.s_byLength ─→ Dictionary&lt;TimeSpan, CancellationTokenSource&gt; ─→ CancellationTokenSource ─→ Registrations ─Callbacks→ CallbackNode ─Next→ …
///     ─CallbackState→ Linked2CancellationTokenSource
/// </code></remarks>
internal sealed class LinkedDeadlines(bool mended) : ReportedTarget(mended)
{
    protected override string Issue => "dotnet/runtime#78180";

    protected override string Found =>
        "A source from CreateLinkedTokenSource has to be disposed: until then each long-lived token that it is linked to has a registration that refers back to it.";

    protected override Truth Leak => Truth.Leak(
        "SearchGateway links every call to a shared deadline and never disposes the linked source.",
        "framework",
        FindingTruth.Objects("System.Threading.CancellationTokenSource.Linked2CancellationTokenSource", 1, "Deadlines.s_byLength"));

    protected override string Remedy => "SearchGateway disposes the linked source when the call has ended.";

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        using CancellationTokenSource request = new();
        SearchGateway.FindAsync($"term {number % 50}", dispose: Mended, request.Token).GetAwaiter().GetResult();
    }
}

/// <summary>One source for all deadlines of one length.</summary>
internal static class Deadlines
{
    private static readonly Dictionary<TimeSpan, CancellationTokenSource> s_byLength = [];

    public static CancellationToken In(TimeSpan length)
    {
        lock (s_byLength)
        {
            if (!s_byLength.TryGetValue(length, out CancellationTokenSource? deadline))
            {
                s_byLength.Add(length, deadline = new CancellationTokenSource(length));
            }

            return deadline.Token;
        }
    }
}

internal static class SearchGateway
{
    public static async Task<int> FindAsync(string term, bool dispose, CancellationToken request)
    {
        CancellationTokenSource call = CancellationTokenSource.CreateLinkedTokenSource(request, Deadlines.In(TimeSpan.FromHours(1)));
        Subjects.Add(call);
        try
        {
            return await AskAsync(term, call.Token);
        }
        finally
        {
            if (dispose)
            {
                call.Dispose();
            }
        }
    }

    private static async Task<int> AskAsync(string term, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        await Task.Yield();
        return term.Length;
    }
}
