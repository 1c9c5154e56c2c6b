using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Limpet.Checks;
using Limpet.Results;
using Limpet.Tracking;

namespace Limpet.Measuring;

/// <summary>
/// Counts tracked objects of any types: born, died, alive, and nothing clamped. It keeps neither objects nor types alive, so that it may be used on what is
/// to be unloaded. For one type <see cref="LeakDetector{T}"/> says the same. From any thread; about 100 ns and 32 bytes an object that is alive.
/// </summary>
public sealed class ObjectCensus : IDisposable
{
    private readonly Lock gate = new();
    private readonly ConditionalWeakTable<Type, Entry> byType = [];
    private readonly List<Entry> entries = [];

    /// <summary>Gives back the handles of a census that was not disposed.</summary>
    ~ObjectCensus() => entries.ForEach(entry => entry.Objects.Dispose());

    /// <summary>Tracks an object without keeping it alive. An object that is tracked twice counts twice.</summary>
    /// <returns>The same object.</returns>
    /// <exception cref="NotCollectableException">It is null, a boxed value, an interned string or frozen: the runtime never collects it.</exception>
    public T Track<T>(T instance)
        where T : class
    {
        CollectableObjects.Require(instance);
        Type type = instance.GetType();
        lock (gate)
        {
            if (!byType.TryGetValue(type, out Entry? entry))
            {
                entry = new Entry(type);
                byType.Add(type, entry);
                entries.Add(entry);
            }

            entry.Objects.Add(instance);
        }

        return instance;
    }

    /// <summary>Collects, and counts the tracked objects that are a <typeparamref name="T"/>: of the type, of those derived from it, or of those that implement it.</summary>
    /// <param name="finalizerDeadline">How long finalizers may take; 10 s unless given.</param>
    /// <exception cref="LimpetException">Finalizers did not finish, or a no-GC region is in progress.</exception>
    public InstanceCounts Count<T>(TimeSpan? finalizerDeadline = null)
        where T : class
    {
        Settle(finalizerDeadline);
        lock (gate)
        {
            InstanceCounts sum = default;
            foreach (Entry entry in entries.Where(entry => entry.Is(typeof(T))))
            {
                InstanceCounts one = entry.Count();
                sum = new InstanceCounts(sum.Born + one.Born, sum.Died + one.Died, sum.Alive + one.Alive);
            }

            return sum;
        }
    }

    /// <summary>Collects, and counts the tracked objects of each type: those with most alive first. Types that were unloaded are among them.</summary>
    /// <param name="finalizerDeadline">How long finalizers may take; 10 s unless given.</param>
    /// <exception cref="LimpetException">Finalizers did not finish, or a no-GC region is in progress.</exception>
    public ImmutableArray<ObjectCount> Read(TimeSpan? finalizerDeadline = null)
    {
        Settle(finalizerDeadline);
        lock (gate)
        {
            return
            [
                .. entries.Select(entry => new ObjectCount(entry.Name, entry.Count()))
                    .OrderByDescending(one => one.Counts.Alive).ThenBy(one => one.Type, StringComparer.Ordinal),
            ];
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        lock (gate)
        {
            entries.ForEach(entry => entry.Objects.Dispose());
        }

        GC.SuppressFinalize(this);
    }

    private static void Settle(TimeSpan? finalizerDeadline)
    {
        TimeSpan deadline = finalizerDeadline ?? SettledCollection.DefaultDeadline;
        if (!SettledCollection.Settle(deadline))
        {
            throw new LimpetException(
                Trouble.NotRun,
                $"The finalizers have not finished within {deadline.TotalSeconds:0.###} s, so that what waits for them cannot be counted. A finalizer blocks their thread or is slow: find it with a debugger, or give a longer deadline.");
        }
    }

    /// <summary>The objects of one type. The type is held weakly: it may be of a load context that is to go.</summary>
    private sealed class Entry(Type type)
    {
        private readonly WeakReference<Type> type = new(type);

        public string Name { get; } = (type.FullName ?? type.Name).Replace('+', '.');

        public WeakList Objects { get; } = new();

        public bool Is(Type wanted) => type.TryGetTarget(out Type? known) && known.IsAssignableTo(wanted);

        public InstanceCounts Count()
        {
            Objects.RemoveCollected();
            return new InstanceCounts(Objects.Added, Objects.Removed, Objects.Handles.Length);
        }
    }
}
