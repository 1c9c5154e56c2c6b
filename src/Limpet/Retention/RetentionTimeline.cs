using System.Collections.Immutable;
using Limpet.Results;

namespace Limpet.Retention;

/// <summary>
/// How long objects stay after they were let go, and what made them go: time alone, allocation, or a collection on purpose.
/// <code>
/// RetentionTimeline timeline = RetentionTimeline.Observe(() => new Response(), count: 10);
/// Console.WriteLine(timeline);
/// </code>
/// Time alone clears nothing in .NET; allocation does, since it brings the runtime to collect.
/// </summary>
public sealed record RetentionTimeline
{
    /// <summary>How many objects were observed.</summary>
    public required int Objects { get; init; }

    /// <summary>What was seen, in the order of time. It ends with the first reading at which none was alive.</summary>
    public required ImmutableArray<RetentionReading> Readings { get; init; }

    /// <summary>How the objects went.</summary>
    public required RetentionOutcome Outcome { get; init; }

    /// <summary>When the last of them went; null when there was nothing to clear, or some are alive.</summary>
    public RetentionInterval? Cleared { get; init; }

    /// <summary>The collections between the last look at which some were alive and the first at which none was: one of them cleared the last object.</summary>
    public required ImmutableArray<CollectionFact> ClearedBy { get; init; }

    /// <summary>Whether finalizers finished before the forced reading. If not, what is alive may only wait for them.</summary>
    public required bool FinalizersFinished { get; init; }

    /// <summary>The readings before which nothing was collected on purpose.</summary>
    public IEnumerable<RetentionReading> Natural => Readings.Where(reading => reading.Phase != RetentionPhase.Forced);

    /// <summary>The reading after everything was collected; null when all were gone before.</summary>
    public RetentionReading? Forced => Readings.FirstOrDefault(reading => reading.Phase == RetentionPhase.Forced);

    /// <summary>Makes objects, lets them go and watches.</summary>
    /// <param name="factory">Makes one object; it runs on a thread of its own. What it throws is passed on as it is.</param>
    /// <param name="count">How many objects; at least 1.</param>
    /// <param name="options">When and how to look; the defaults unless given. Those wait for 10 s while objects are alive.</param>
    /// <exception cref="LimpetException">A no-GC region is in progress.</exception>
    public static RetentionTimeline Observe(Func<object> factory, int count = 10, RetentionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(factory);
        return ObserveAsync(
            () =>
            {
                object made = factory();
                return Task.FromResult(made);
            },
            count,
            options).GetAwaiter().GetResult();
    }

    /// <summary>Makes objects, lets them go and watches.</summary>
    /// <param name="factory">Makes one object. What it throws is passed on as it is.</param>
    /// <param name="count">How many objects; at least 1.</param>
    /// <param name="options">When and how to look; the defaults unless given. Those wait for 10 s while objects are alive.</param>
    /// <param name="cancellationToken">Ends the watch.</param>
    /// <exception cref="LimpetException">A no-GC region is in progress.</exception>
    public static async Task<RetentionTimeline> ObserveAsync(
        Func<Task<object>> factory, int count = 10, RetentionOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(factory);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        options ??= new RetentionOptions();
        options.Check();
        WeakReference[] objects = await ObservedObjects.MakeAsync(factory, count).ConfigureAwait(false);
        return await WatchAsync(objects, options, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Watches objects that exist already and that the caller has let go.</summary>
    /// <param name="objects">The objects. They are not kept alive.</param>
    /// <param name="options">When and how to look; the defaults unless given. Those wait for 10 s while objects are alive.</param>
    /// <param name="cancellationToken">Ends the watch.</param>
    /// <exception cref="LimpetException">A no-GC region is in progress.</exception>
    public static async Task<RetentionTimeline> WatchAsync(
        IReadOnlyCollection<WeakReference> objects, RetentionOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(objects);
        options ??= new RetentionOptions();
        options.Check();
        using RetentionRun run = new(objects, options);
        return await run.WatchAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A table of the readings and a line that says what they mean.</summary>
    public override string ToString() => RetentionReport.Write(this);
}
