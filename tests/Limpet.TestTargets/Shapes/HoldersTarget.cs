using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Threading.Channels;
using System.Xml.Linq;

namespace Limpet.TestTargets;

/// <summary>One object, of a type of its own, behind each kind of holder of the framework.</summary>
/// <remarks><code>
/// static s_list       ─→ List ─→ ListCargo                        static s_lazy      ─→ Lazy ─→ LazyCargo
/// static s_dictionary ─→ Dictionary ─→ DictionaryCargo            static s_semaphore ─→ waiter EnterAsync ─→ SemaphoreCargo
/// static s_channel    ─→ item ChannelCargo, reader ReaderCargo    static s_source    ─→ TaskCompletionSource ─→ SourceCargo
/// static s_app        ─→ CancellationTokenSource ─→ registration TokenCargo, linked source ─→ registration LinkedCargo
/// timers ─→ TimerCargo, TimersTimerCargo, PeriodicCargo, DelayCargo      static s_leaf ─→ XElement ─→ … ─→ XDocument
/// </code></remarks>
internal sealed class HoldersTarget : Target
{
    private static readonly TimeSpan s_long = TimeSpan.FromHours(1);
    private static readonly List<ListCargo> s_list = [new()];
    private static readonly LinkedList<LinkedCargo> s_linked = [];
    private static readonly Dictionary<string, DictionaryCargo> s_dictionary = new() { ["a"] = new() };
    private static readonly ConcurrentDictionary<int, ConcurrentCargo> s_concurrent = new() { [1] = new() };
    private static readonly HashSet<SetCargo> s_set = [new()];
    private static readonly Queue<QueueCargo> s_queue = new([new()]);
    private static readonly Stack<StackCargo> s_stack = new([new()]);
    private static readonly PriorityQueue<PriorityCargo, int> s_priority = new([(new(), 1)]);
    private static readonly ConcurrentQueue<ConcurrentQueueCargo> s_concurrentQueue = new([new()]);
    private static readonly ConcurrentBag<BagCargo> s_bag = [new()];
    private static readonly ConcurrentStack<ConcurrentStackCargo> s_concurrentStack = new([new()]);
    private static readonly BlockingCollection<BlockingCargo> s_blocking = [new()];
    private static readonly SortedDictionary<int, SortedCargo> s_sorted = new() { [1] = new() };
    private static readonly SortedList<int, SortedListCargo> s_sortedList = new() { [1] = new() };
    private static readonly ImmutableList<ImmutableListCargo> s_immutableList = [new()];
    private static readonly ImmutableDictionary<int, ImmutableDictionaryCargo> s_immutableDictionary = ImmutableDictionary<int, ImmutableDictionaryCargo>.Empty.Add(1, new());
    private static readonly FrozenDictionary<string, FrozenCargo> s_frozen = new Dictionary<string, FrozenCargo> { ["some"] = new(), ["other"] = new() }.ToFrozenDictionary();
    private static readonly Channel<ChannelCargo> s_channel = Channel.CreateUnbounded<ChannelCargo>();
    private static readonly Channel<int> s_empty = Channel.CreateBounded<int>(1);
    private static readonly SemaphoreSlim s_semaphore = new(0);
    private static readonly TaskCompletionSource s_source = new();
    private static readonly TaskCompletionSource s_popular = new();
    private static readonly CancellationTokenSource s_app = new();
    private static readonly ThreadLocal<ThreadLocalCargo> s_threadLocal = new(() => new(), trackAllValues: true);
    private static readonly AsyncLocal<AsyncLocalCargo> s_asyncLocal = new();
    private static readonly Lazy<LazyCargo> s_lazy = new(() => new());
    private static readonly PeriodicTimer s_periodic = new(s_long);
    private static Timer? s_timer;
    private static System.Timers.Timer? s_timersTimer;
    private static CancellationTokenSource? s_linkedSource;
    private static XElement? s_leaf;
    private static ExecutionContext? s_context;

    public override string Build()
    {
        s_linked.AddLast(new LinkedCargo());
        s_channel.Writer.TryWrite(new ChannelCargo());
        _ = s_lazy.Value;
        _ = ReadAsync(new ReaderCargo());
        _ = EnterAsync(new SemaphoreCargo());
        _ = CompleteAsync(s_source.Task, new SourceCargo());
        _ = CompleteAsync(s_popular.Task, new PopularCargo());
        _ = CompleteAsync(s_popular.Task, new PopularCargo());
        _ = AllAsync(new WhenAllCargo());
        _ = TickAsync(new PeriodicCargo());
        _ = DelayAsync(new DelayCargo());
        Register(new TokenCargo(), s_app.Token);
        s_linkedSource = CancellationTokenSource.CreateLinkedTokenSource(s_app.Token);
        Register(new LinkedTokenCargo(), s_linkedSource.Token);
        s_linkedSource = null;
        Poll(new TimerCargo());
        s_timer = new Timer(static state => GC.KeepAlive(state), new TimerStateCargo(), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5));
        TimersTimerCargo elapsed = new();
        s_timersTimer = new System.Timers.Timer(s_long);
        s_timersTimer.Elapsed += elapsed.OnElapsed;
        s_timersTimer.Start();
        s_timersTimer = null;
        s_leaf = Leaf();
        Thread thread = new(() => _ = s_threadLocal.Value);
        thread.Start();
        thread.Join();
        s_context = WithAsyncLocal();
        Settling.Settle();
        return "";
    }

    private static ExecutionContext? WithAsyncLocal()
    {
        s_asyncLocal.Value = new AsyncLocalCargo();
        ExecutionContext? context = ExecutionContext.Capture();
        s_asyncLocal.Value = null!;
        return context;
    }

    private static XElement Leaf()
    {
        XDocument document = new(new XElement("order", new XElement("line", new XElement("price", 1))));
        document.AddAnnotation(new XmlCargo());
        return document.Descendants("price").First();
    }

    private static void Register(TokenCargo cargo, CancellationToken token) => token.Register(() => GC.KeepAlive(cargo));

    private static void Register(LinkedTokenCargo cargo, CancellationToken token) => token.Register(cargo.OnCancelled);

    private static void Poll(TimerCargo cargo) => s_timers.Add(new Timer(_ => GC.KeepAlive(cargo), null, TimeSpan.FromSeconds(90), s_long));

    private static readonly ConditionalList s_timers = new();

    private static async Task ReadAsync(ReaderCargo cargo)
    {
        await s_empty.Reader.ReadAsync();
        GC.KeepAlive(cargo);
    }

    private static async Task EnterAsync(SemaphoreCargo cargo)
    {
        await s_semaphore.WaitAsync();
        GC.KeepAlive(cargo);
    }

    private static async Task CompleteAsync(Task task, object cargo)
    {
        await task;
        GC.KeepAlive(cargo);
    }

    private static async Task AllAsync(WhenAllCargo cargo)
    {
        await Task.WhenAll(s_source.Task, s_popular.Task);
        GC.KeepAlive(cargo);
    }

    private static async Task TickAsync(PeriodicCargo cargo)
    {
        await s_periodic.WaitForNextTickAsync();
        GC.KeepAlive(cargo);
    }

    private static async Task DelayAsync(DelayCargo cargo)
    {
        await Task.Delay(s_long);
        GC.KeepAlive(cargo);
    }

    /// <summary>A user's own list.</summary>
    internal sealed class ConditionalList : List<Timer>;

    internal sealed class ListCargo;

    internal sealed class LinkedCargo;

    internal sealed class DictionaryCargo;

    internal sealed class ConcurrentCargo;

    internal sealed class SetCargo;

    internal sealed class QueueCargo;

    internal sealed class StackCargo;

    internal sealed class PriorityCargo;

    internal sealed class ConcurrentQueueCargo;

    internal sealed class BagCargo;

    internal sealed class ConcurrentStackCargo;

    internal sealed class BlockingCargo;

    internal sealed class SortedCargo;

    internal sealed class SortedListCargo;

    internal sealed class ImmutableListCargo;

    internal sealed class ImmutableDictionaryCargo;

    internal sealed class FrozenCargo;

    internal sealed class ChannelCargo;

    internal sealed class ReaderCargo;

    internal sealed class SemaphoreCargo;

    internal sealed class SourceCargo;

    internal sealed class PopularCargo;

    internal sealed class WhenAllCargo;

    internal sealed class PeriodicCargo;

    internal sealed class DelayCargo;

    internal sealed class TokenCargo;

    internal sealed class LinkedTokenCargo
    {
        private int _cancelled;

        public void OnCancelled() => _cancelled++;
    }

    internal sealed class TimerCargo;

    internal sealed class TimerStateCargo;

    internal sealed class TimersTimerCargo
    {
        private int _elapsed;

        public void OnElapsed(object? sender, System.Timers.ElapsedEventArgs e) => _elapsed++;
    }

    internal sealed class ThreadLocalCargo;

    internal sealed class AsyncLocalCargo;

    internal sealed class LazyCargo;

    internal sealed class XmlCargo;
}
