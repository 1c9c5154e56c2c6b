using Limpet.Heap.Holders.Kinds;

namespace Limpet.Heap.Holders;

/// <summary>All kinds of holders that are known, the more specific first. A new kind is one more entry.</summary>
internal static class HolderMeanings
{
    /// <summary>The kinds, in the order in which they are asked.</summary>
    public static IReadOnlyList<IHolderMeaning> Known { get; } =
    [
        new EdgeKindMeaning(),
        new AsyncMethodMeaning(),
        new DelegateMeaning(),
        new ClosureMeaning(),
        new TimerMeaning(),
        new CancellationMeaning(),
        new EventMeaning(),
        new SemaphoreMeaning(),
        new TaskMeaning(),
        new MemoryCacheMeaning(),
        new DependencyInjectionMeaning(),
        new HttpMeaning(),
        new ReactiveMeaning(),
        new ChannelMeaning(),
        new ThreadMeaning(),
        new AsyncLocalMeaning(),
        new LazyMeaning(),
        new LoadContextMeaning(),
        new XmlMeaning(),
        new ListMeaning(),
        new DiagnosticsMeaning(),
        new QueueMeaning(),
        new DictionaryMeaning(),
        new SortedMeaning(),
        new ImmutableMeaning(),
        new LookupMeaning(),
    ];

    /// <summary>
    /// What the object at <paramref name="position"/>, which is not the last one, holds, and how far the next object lies that the
    /// source names. A part that nobody knows is shown as it is: the holder ends before it.
    /// </summary>
    public static Holding Read(TracePath path, int position)
    {
        string? words = null;
        string? otherwise = null;
        int at = position;
        while (at < path.Nodes.Length - 1 && StepAt(path, at) is { } step)
        {
            at++;
            words ??= step.Decides || !step.IsInside ? step.Words : null;
            otherwise ??= step.Words;
            if (!step.IsInside)
            {
                break;
            }
        }

        return new Holding(Math.Max(1, at - position), words ?? otherwise);
    }

    private static HolderStep? StepAt(TracePath path, int position) =>
        Known.Select(kind => kind.Read(path, position)).FirstOrDefault(step => step is not null);
}
