using Limpet.Results;

namespace Limpet.Heap.Holders;

/// <summary>
/// What to change where an event holds its handlers. Only what the heap shows is said: which method was subscribed, and
/// for a lambda the method it stands in, which is the one that subscribes. Without the method there is no hint.
/// </summary>
internal static class SubscriptionHint
{
    /// <summary>The hint for a trace.</summary>
    /// <param name="path">The way.</param>
    /// <param name="firstSuspect">The last object that should be there: a handler before it is no suspect.</param>
    public static (string Text, SourceLine? Source)? For(TracePath path, int firstSuspect)
    {
        int first = 0;
        while (first < path.Nodes.Length - 1 && !path.TypeAt(first).IsDelegate)
        {
            first++;
        }

        int handler = first;
        while (handler < path.Nodes.Length - 1 && !(path.TypeAt(handler).IsDelegate && path.LabelAt(handler).Member == "_target"))
        {
            handler++;
        }

        if (handler >= path.Nodes.Length - 1 || handler < firstSuspect || EventAt(path, first) is not { } source || path.CalledBy(handler) is not { } method)
        {
            return null;
        }

        string subject = SourceNames.Type(path.TypeAt(path.Nodes.Length - 1).Name);
        string owner = subject.Contains(' ', StringComparison.Ordinal) ? "subscriber" : Short(subject);
        string line = method.Source is { } at ? $" ({at.File}:{at.Line})" : "";
        string name = SourceNames.Method(method.Type, method.Name);
        const string Lambda = "lambda in ";
        string text = name.StartsWith(Lambda, StringComparison.Ordinal)
            ? $"{name[Lambda.Length..]}{line} subscribes {source} with a lambda; keep the delegate and remove it (-=) when the {owner} is done"
            : $"{name}{line} is subscribed to {source}; remove the handler ({source} -= …) when the {owner} is done";
        return (text, method.Source);
    }

    /// <summary>The event that holds the delegate: a static field, or a field of a user's object that several handlers were added to. A delegate in a list or in the framework is none.</summary>
    private static string? EventAt(TracePath path, int position)
    {
        if (position == 0)
        {
            return path.Root.Kind is RootKind.StaticField or RootKind.ThreadStatic ? Short(path.Root.Name, parts: 2) : null;
        }

        EdgeLabel label = path.LabelAt(position - 1);
        string holder = path.TypeAt(position - 1).Name;
        return label.Kind == "Field" && path.LabelAt(position).Member == "_invocationList" && !FrameworkTypes.IsFramework(holder)
            ? $"{Short(SourceNames.Type(holder))}.{SourceNames.Field(label.Member)}"
            : null;
    }

    private static string Short(string name, int parts = 1)
    {
        if (name.Contains(' ', StringComparison.Ordinal) || name.Contains('<', StringComparison.Ordinal))
        {
            return name;
        }

        string[] words = name.Split('.');
        return string.Join('.', words[^Math.Min(parts, words.Length)..]);
    }
}
