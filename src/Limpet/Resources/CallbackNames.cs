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
                return callback is null ? "unknown" : OfMethod(callback.Method, callback.Method.Name);
        }
    }

    /// <summary>Type and method; of the runtime's own the type alone; what the compiler made of a lambda or a local function goes by the method that it was written in.</summary>
    internal static string OfMethod(MethodBase method, string name)
    {
        Type? type = method.DeclaringType;
        while (type is { DeclaringType: not null } && type.Name.StartsWith('<'))
        {
            type = type.DeclaringType;
        }

        if (type is not null && type.Assembly == typeof(object).Assembly)
        {
            return type.FullName ?? type.Name;
        }

        string owner = type is null ? "" : (type.FullName ?? type.Name).Replace('+', '.') + ".";
        int end = name.LastIndexOf('>');
        if (!name.StartsWith('<') || end < 0)
        {
            return owner + name;
        }

        string written = name[1..end];
        string outer = written.StartsWith('<') ? "top-level statements" : owner + written;
        string rest = name[(end + 1)..];
        int bar = rest.IndexOf('|', StringComparison.Ordinal);
        return rest.StartsWith("g__", StringComparison.Ordinal) ? $"{(bar < 0 ? rest[3..] : rest[3..bar])} in {outer}" : $"lambda in {outer}";
    }

    /// <summary>A method on a stack. That of an async method or an iterator is the state machine's, whose type carries the name.</summary>
    internal static string OfFrame(MethodBase method)
    {
        string? machine = method.Name == "MoveNext" ? method.DeclaringType?.Name : null;
        return machine is ['<', ..] ? OfMethod(method, machine[1..machine.LastIndexOf('>')]) : OfMethod(method, method.Name);
    }
}
