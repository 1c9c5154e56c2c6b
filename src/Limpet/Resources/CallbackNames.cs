using System.Reflection;

namespace Limpet.Resources;

/// <summary>What a timer is called by what it calls, in the words of the source.</summary>
internal static class CallbackNames
{
    public static string OfTimer(Delegate? callback, object? state)
    {
        // The framework's own timers call a method of its own for somebody: what they are is what they were made for.
        switch (callback?.Target ?? state)
        {
            case System.Timers.Timer:
                return "System.Timers.Timer";
            case CancellationTokenSource:
                return "time-out of a CancellationTokenSource";
            case PeriodicTimer:
                return "PeriodicTimer";
            case Task:
                return "Task.Delay or time-out of a task";
            case not null when state is Task:
                return "Task.Delay or time-out of a task";
            case not null when state is CancellationTokenSource:
                return "time-out of a CancellationTokenSource";
            default:
                return callback is null ? "unknown" : OfMethod(callback.Method);
        }
    }

    /// <summary>Type and method; what the compiler made of a lambda or a local function goes by the method that it was written in.</summary>
    internal static string OfMethod(MethodInfo method)
    {
        Type? type = method.DeclaringType;
        while (type is { DeclaringType: not null } && type.Name.StartsWith('<'))
        {
            type = type.DeclaringType;
        }

        string owner = type is null ? "" : (type.FullName ?? type.Name).Replace('+', '.') + ".";
        int end = method.Name.IndexOf('>', StringComparison.Ordinal);
        if (!method.Name.StartsWith('<') || end < 0)
        {
            return owner + method.Name;
        }

        string outer = owner + method.Name[1..end];
        string rest = method.Name[(end + 1)..];
        int bar = rest.IndexOf('|', StringComparison.Ordinal);
        return rest.StartsWith("g__", StringComparison.Ordinal) ? $"{(bar < 0 ? rest[3..] : rest[3..bar])} in {outer}" : $"lambda in {outer}";
    }
}
