using Limpet.Heap.Holders;
using Limpet.Heap.Paths;

namespace Limpet.Heap.Growth;

/// <summary>The nearest member of the source that holds what accumulates.</summary>
/// <param name="Name">The member, such as <c>static field Shop.Cache.entries</c> or <c>field Shop.Store.orders</c>.</param>
/// <param name="Type">Type of what it holds, in C# spelling, such as <c>System.Collections.Generic.Dictionary&lt;string, Shop.Order&gt;</c>.</param>
public sealed record GrowthContainer(string Name, string Type)
{
    /// <summary>Whether the member is the user's, and no member, handle or stack of the runtime or a framework.</summary>
    public bool IsUsers { get; private init; }

    /// <summary>
    /// Finds the container of the last of <paramref name="steps"/>: up through arrays, delegates and the insides of collections, and
    /// on through other framework types when that leads to a member of the user's.
    /// </summary>
    public static GrowthContainer Above(IReadOnlyList<PathNode> steps)
    {
        int last = steps.Count - 1;
        int near = Climb(steps, last, IsPartOfCollection);
        int far = Climb(steps, near, step => IsPartOfCollection(step) || FrameworkTypes.IsFramework(step.Type));
        return IsOfUser(steps, far) ? At(steps, far) with { IsUsers = true } : At(steps, near) with { IsUsers = IsOfUser(steps, near) };
    }

    private static bool IsPartOfCollection(PathNode step) => FrameworkTypes.IsPartOfCollection(step.Type, step.Traits);

    private static int Climb(IReadOnlyList<PathNode> steps, int from, Predicate<PathNode> isInside)
    {
        int step = from;
        while (step > 1 && isInside(steps[step - 1]))
        {
            step--;
        }

        return step;
    }

    private static bool IsOfUser(IReadOnlyList<PathNode> steps, int step)
    {
        PathNode holder = steps[step - 1];
        return holder.IsRoot
            ? holder.Root.Kind is RootKind.StaticField or RootKind.ThreadStatic && !FrameworkTypes.IsFramework(holder.Root.Name)
            : !FrameworkTypes.IsFramework(holder.Type);
    }

    private static GrowthContainer At(IReadOnlyList<PathNode> steps, int step)
    {
        PathNode holder = steps[step - 1];
        string name = holder.IsRoot
            ? RootWords.Of(holder.Root.Kind, holder.Root.Name)
            : $"field {SourceNames.Type(holder.Type)}.{SourceNames.Field(steps[step].Label.Member)}";
        return new GrowthContainer(name, SourceNames.Type(steps[step].Type));
    }
}
