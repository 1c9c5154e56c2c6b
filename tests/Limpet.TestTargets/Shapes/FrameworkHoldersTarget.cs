#if NET10_0_OR_GREATER
using System.Reactive.Linq;
using System.Reactive.Subjects;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;

namespace Limpet.TestTargets;

/// <summary>One object, of a type of its own, behind each kind of holder that is no collection: tables of weak keys, handles, packages of the framework, the runtime itself.</summary>
/// <remarks><code>
/// static s_key   ─→ object ⇢ WeakTableCargo          GC handles ─→ HandleCargo, PinnedCargo[]
/// static s_cache ─→ MemoryCache ─→ MemoryCacheCargo   static s_root ─→ ServiceProvider ─→ RootCargo, SingletonCargo; static s_scope ─→ ScopeCargo
/// static s_http  ─→ HttpClient ─→ HandlerCargo        static s_prices ─→ Subject ─→ SubscriberCargo, OperatorCargo
/// SIGHUP         ─→ SignalCargo                       static s_watcher ─→ FileSystemWatcher ─→ WatcherCargo
/// thread static  ─→ ThreadStaticCargo                 thread static of 3 threads of the pool ─→ PoolCargo
/// </code></remarks>
internal sealed class FrameworkHoldersTarget : Target
{
    private static readonly object s_key = new();
    private static readonly ConditionalWeakTable<object, WeakTableCargo> s_table = [];
    private static readonly MemoryCache s_cache = new(new MemoryCacheOptions());
    private static readonly Subject<int> s_prices = new();
    private static readonly ManualResetEventSlim s_forever = new();
    private static readonly List<IDisposable> s_kept = [];
    private static ServiceProvider? s_root;
    private static IServiceScope? s_scope;
    private static HttpClient? s_http;
    private static FileSystemWatcher? s_watcher;

    [ThreadStatic]
    private static ThreadStaticCargo? t_cargo;

    [ThreadStatic]
    private static PoolCargo? t_pooled;

    public override string Build()
    {
        s_table.Add(s_key, new WeakTableCargo());
        GCHandle.Alloc(new HandleCargo());
        GCHandle.Alloc(new PinnedCargo[1], GCHandleType.Pinned);
        s_cache.Set("cargo", new MemoryCacheCargo());
        Provide();
        s_http = new HttpClient(new HandlerCargo(), disposeHandler: true);
        SubscriberCargo subscriber = new();
        s_kept.Add(s_prices.Subscribe(subscriber.OnPrice));
        OperatorCargo behind = new();
        s_prices.Where(price => price > 0).Select(price => price * 2).Subscribe(behind.OnPrice);
        SignalCargo signal = new();
        s_kept.Add(PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal.OnHangUp));
        WatcherCargo changed = new();
        s_watcher = new FileSystemWatcher(AppContext.BaseDirectory);
        s_watcher.Changed += changed.OnChanged;
        new Thread(WaitWithThreadStatic) { IsBackground = true, Name = "desk" }.Start();
        for (int thread = 0; thread < PoolThreads; thread++)
        {
            ThreadPool.QueueUserWorkItem(WaitInThePool);
        }

        SpinWait.SpinUntil(() => s_ready && Volatile.Read(ref s_pooled) == PoolThreads, TimeSpan.FromSeconds(30));
        Settling.Settle();
        return "";
    }

    private const int PoolThreads = 3;
    private static int s_pooled;
    private static volatile bool s_ready;

    private static void WaitInThePool(object? state)
    {
        t_pooled = new PoolCargo();
        Interlocked.Increment(ref s_pooled);
        s_forever.Wait();
    }

    private static void WaitWithThreadStatic()
    {
        t_cargo = new ThreadStaticCargo();
        s_ready = true;
        s_forever.Wait();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Provide()
    {
        ServiceCollection services = [];
        services.AddTransient<RootCargo>();
        services.AddTransient<ScopeCargo>();
        services.AddSingleton<SingletonCargo>();
        s_root = services.BuildServiceProvider();
        s_scope = s_root.CreateScope();
        s_root.GetRequiredService<RootCargo>();
        s_root.GetRequiredService<SingletonCargo>();
        s_scope.ServiceProvider.GetRequiredService<ScopeCargo>();
    }

    internal sealed class WeakTableCargo;

    internal sealed class HandleCargo;

    internal struct PinnedCargo
    {
        public int Number { get; set; }
    }

    internal sealed class MemoryCacheCargo;

    internal sealed class RootCargo : IDisposable
    {
        public void Dispose() => GC.SuppressFinalize(this);
    }

    internal sealed class ScopeCargo : IDisposable
    {
        public void Dispose() => GC.SuppressFinalize(this);
    }

    internal sealed class SingletonCargo;

    internal sealed class HandlerCargo : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(new HttpResponseMessage());
    }

    internal sealed class SubscriberCargo
    {
        private int _last;

        public void OnPrice(int price) => _last = price;
    }

    internal sealed class OperatorCargo
    {
        private int _last;

        public void OnPrice(int price) => _last = price;
    }

    internal sealed class SignalCargo
    {
        private int _times;

        public void OnHangUp(PosixSignalContext context) => _times++;
    }

    internal sealed class WatcherCargo
    {
        private int _times;

        public void OnChanged(object sender, FileSystemEventArgs e) => _times++;
    }

    internal sealed class ThreadStaticCargo;

    internal sealed class PoolCargo;
}
#endif
