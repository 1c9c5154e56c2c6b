using System.Collections.Immutable;
using System.Reflection;

namespace Limpet.Resources;

/// <summary>
/// What the active timers of this process call. The runtime only counts them; what they are stands in its queues, which are read under the queues' own
/// locks. A runtime whose queues look otherwise gives no names, and nothing else is lost.
/// </summary>
internal static class ActiveTimers
{
    private const BindingFlags Any = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
    private static readonly Type? Queue = typeof(Timer).Assembly.GetType("System.Threading.TimerQueue");
    private static readonly Type? Entry = typeof(Timer).Assembly.GetType("System.Threading.TimerQueueTimer");
    private static readonly PropertyInfo? Queues = Queue?.GetProperty("Instances", Any);
    private static readonly PropertyInfo? SharedLock = Queue?.GetProperty("SharedLock", Any);
    private static readonly FieldInfo?[] Lists = [Queue?.GetField("_shortTimers", Any), Queue?.GetField("_longTimers", Any)];
    private static readonly FieldInfo? Next = Entry?.GetField("_next", Any);
    private static readonly FieldInfo? Callback = Entry?.GetField("_timerCallback", Any);
    private static readonly FieldInfo? State = Entry?.GetField("_state", Any);

    /// <summary>How many timers there are of each name; null where this runtime's queues cannot be read.</summary>
    public static ImmutableArray<NamedCount>? ByName()
    {
        if (Next is null || Callback is null || State is null || Array.Exists(Lists, list => list is null) || Queues?.GetValue(null) is not Array queues)
        {
            return null;
        }

        List<(Delegate? Callback, object? State)> found = [];
        foreach (object queue in queues)
        {
            switch (SharedLock?.GetValue(queue))
            {
                case Lock of:
                    lock (of)
                    {
                        Copy(queue, found);
                    }

                    break;
                default: // before .NET 9 a queue was its own lock
                    lock (queue)
                    {
                        Copy(queue, found);
                    }

                    break;
            }
        }

        return
        [
            .. found.GroupBy(timer => CallbackNames.OfTimer(timer.Callback, timer.State), StringComparer.Ordinal)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => new NamedCount(group.Key, group.Count())),
        ];
    }

    private static void Copy(object queue, List<(Delegate?, object?)> found)
    {
        foreach (FieldInfo? list in Lists)
        {
            for (object? timer = list!.GetValue(queue); timer is not null; timer = Next!.GetValue(timer))
            {
                found.Add((Callback!.GetValue(timer) as Delegate, State!.GetValue(timer)));
            }
        }
    }
}
