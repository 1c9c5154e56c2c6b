using System.Buffers;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Limpet.Bench.Checking;

/// <summary>Operations that leave nothing behind, though the process around them changes: caches warm up, pools fill, code is compiled anew, threads come and go.</summary>
internal static class NullSubjects
{
    private static readonly ConcurrentDictionary<int, byte[]> s_cache = new();
    private static readonly ConditionalWeakTable<object, object> s_attached = new();
    private static readonly AsyncLocal<object?> s_context = new();
    private static readonly ActivitySource s_activities = new("limpet.soak");
    private static readonly CancellationTokenSource s_lifetime = new();
    private static readonly HttpClient s_client = new(new Stub());
    private static int s_calls;

    /// <summary>The operations by name.</summary>
    public static IReadOnlyDictionary<string, Func<Task>> All { get; } = new SortedDictionary<string, Func<Task>>(StringComparer.Ordinal)
    {
        ["array pool"] = () => Do(() => ArrayPool<byte>.Shared.Return(ArrayPool<byte>.Shared.Rent(1000 + Call() % 5000))),
        ["cache of 64 entries"] = () => Do(() => s_cache.GetOrAdd(Call() % 64, key => new byte[key + 100])),
        ["interned strings"] = () => Do(() => string.Intern("soak " + (Call() % 50))),
        ["thread pool"] = () => Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Thread.SpinWait(1000)))),
        ["first regular expressions"] = () => Do(() => Regex.IsMatch("order 17", "order [0-" + (Call() % 10) + "]+")),
        ["first serialization"] = () => Do(() => JsonSerializer.Serialize(new { Number = Call(), Lines = new[] { 1, 2, 3 } })),
        ["http client for each call"] = async () =>
        {
            using HttpClient client = new(new Stub());
            using HttpResponseMessage answer = await client.GetAsync(new Uri("http://soak/"));
        },
        ["shared http client"] = async () =>
        {
            using HttpResponseMessage answer = await s_client.GetAsync(new Uri("http://soak/"));
            await answer.Content.ReadAsStringAsync();
        },
        ["disposed timers"] = () => Do(() => new Timer(_ => { }, null, 60_000, 60_000).Dispose()),
        ["disposed registrations"] = () => Do(() => s_lifetime.Token.Register(() => { }).Dispose()),
        ["async locals"] = async () =>
        {
            s_context.Value = new byte[100];
            await Task.Yield();
        },
        ["files"] = () => Do(() => File.ReadAllBytes("/proc/self/statm")),
        ["exceptions"] = () => Do(() =>
        {
            try
            {
                throw new InvalidOperationException("soak " + Call());
            }
            catch (InvalidOperationException exception)
            {
                GC.KeepAlive(exception.StackTrace);
            }
        }),
        ["attached objects"] = () => Do(() => s_attached.Add(new object(), new byte[100])),
        ["activities"] = () => Do(() => s_activities.StartActivity("operation")?.Dispose()),
        ["threads"] = () => Do(() =>
        {
            Thread thread = new(() => { });
            thread.Start();
            thread.Join();
        }),
    };

    private static int Call() => Interlocked.Increment(ref s_calls);

    private static Task Do(Action operation)
    {
        operation();
        return Task.CompletedTask;
    }

    private sealed class Stub : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("soaked") });
    }
}
