namespace Limpet.TestTargets;

/// <summary>Operation N awaits a task that nobody completes and never answers.</summary>
/// <remarks><code>
/// static s_reply ─→ TaskCompletionSource ─→ Task ─continuation→ AskAsync ─continuation→ OperateAsync; main thread waits for OperateAsync
/// </code></remarks>
internal sealed class HangAsyncTarget(int last) : Target
{
    private static readonly TaskCompletionSource<int> s_reply = new();

    public override void Operate(int number) => OperateAsync(number).Wait();

    private async Task OperateAsync(int number)
    {
        if (number == last)
        {
            await AskAsync();
        }
    }

    private static async Task<int> AskAsync() => await s_reply.Task + 1;
}
