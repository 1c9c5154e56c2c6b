using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Limpet.Capture.Tests.Symbols;

/// <summary>Code as teams write it, one statement a mark. Only compiled and searched, never run.</summary>
internal static class SampleCode
{
    /// <summary>The line that ends with a mark.</summary>
    public static int LineOf(string mark) => Array.FindIndex(File.ReadAllLines(Path()), line => line.EndsWith("// " + mark, StringComparison.Ordinal)) + 1;

    private static string Path([CallerFilePath] string path = "") => path;

    internal sealed class Bus
    {
        public event EventHandler? Changed;

        public void Raise() => Changed?.Invoke(this, EventArgs.Empty);
    }

    internal sealed class View
    {
        public int Seen { get; private set; }

        public void Open(Bus bus)
        {
            bus.Changed += OnChanged; // subscribes
        }

        public void OpenLater(Bus bus)
        {
            EventHandler late = OnLate;
            GC.KeepAlive(this);
            bus.Changed += late; // subscribes a local
        }

        public void OpenGuarded(Bus? bus, bool twice)
        {
            if (bus is not null)
            {
                bus.Changed += twice ? OnTwice : OnOnce; // subscribes one of two
            }
        }

        public void Watch() => GC.KeepAlive(new Timer(
            _ => Seen++, // timer lambda
            null,
            TimeSpan.FromSeconds(1),
            TimeSpan.FromSeconds(1)));

        public void WatchStatic() => GC.KeepAlive(new Timer(static state => GC.KeepAlive(state), this, 1, 1)); // static timer

        public void Stop(CancellationToken token) => token.Register(OnStop); // registers

        public void Work() => new Thread(Run).Start(); // thread

        public async Task WorkAsync()
        {
            await Task.Yield(); // async
            await Task.Run(OnTask); // task
        }

        public void Remove(Bus bus) => bus.Changed -= OnChanged;

        private void OnChanged(object? sender, EventArgs e) => Seen++; // OnChanged

        private void OnLate(object? sender, EventArgs e) => Seen++;

        private void OnOnce(object? sender, EventArgs e) => Seen++;

        private void OnTwice(object? sender, EventArgs e) => Seen++;

        private void OnStop() => Seen++;

        private void OnTask() => Seen++;

        private void Run()
        {
            Seen++;
            Deeper(); // calls
        }

        private void Deeper() => Seen++;
    }

    internal sealed class Store<T>
    {
        private readonly Dictionary<int, List<T>> byKey = [];
        private readonly ConcurrentDictionary<int, T> shared = new();
        private ImmutableDictionary<int, T> immutable = ImmutableDictionary<int, T>.Empty;
        private readonly Channel<T> channel = Channel.CreateUnbounded<T>();
        private List<T>? lazy;
        private T[] slots = new T[8];
        private Node? head;

        public static List<string> Names { get; } = [];

        public int Count => byKey.Count + shared.Count + immutable.Count + slots.Length + (head is null ? 0 : 1);

        public void AddNested(int key, T item) => byKey[key].Add(item); // nested

        public void AddImmutable(int key, T item) => ImmutableInterlocked.TryAdd(ref immutable, key, item); // immutable

        public void AddShared(int key, T item) => shared.GetOrAdd(key, item); // shared

        public bool Send(T item) => channel.Writer.TryWrite(item); // channel

        public void AddLazily(T item) => (lazy ??= []).Add(item); // lazy

        public void Put(int index, T item) => slots[index] = item; // slots

        public void AddCopy(T item)
        {
            List<T>? copy = lazy;
            if (copy is not null)
            {
                copy.Add(item); // copy
            }
        }

        public void Push(T item) => head = new Node(item, head); // head

        public void Clear()
        {
            slots = [];
            head = null;
        }

        internal sealed record Node(T Item, Node? Next);
    }

    internal sealed class Client
    {
        public static void Register(string name) => Store<int>.Names.Add(name); // property

        public static int Read() => Store<int>.Names.Count;
    }
}
