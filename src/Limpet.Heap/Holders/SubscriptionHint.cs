using Limpet.Results;

namespace Limpet.Heap.Holders;

/// <summary>
/// What to change where a static field holds event handlers. Only what the heap shows is said: which method was subscribed, and
/// for a lambda the method it stands in, which is the one that subscribes. Without the method there is no hint.
/// </summary>
internal static class SubscriptionHint
{
    public static (string Text, SourceLine? Source)? For(TracePath path)
    {
        if (path.Root.Kind is not (RootKind.StaticField or RootKind.ThreadStatic) || !path.TypeAt(0).IsDelegate)
        {
            return null;
        }

        int handler = -1;
        for (int position = 0; position < path.Nodes.Length - 1 && handler < 0; position++)
        {
            handler = path.TypeAt(position).IsDelegate && path.LabelAt(position).Member == "_target" ? position : -1;
        }

        if (handler < 0 || path.CalledBy(handler) is not { } method)
        {
            return null;
        }

        string owner = Short(SourceNames.Type(path.TypeAt(path.Nodes.Length - 1).Name));
        string source = Short(path.Root.Name, parts: 2);
        string line = method.Source is { } at ? $" ({at.File}:{at.Line})" : "";
        string name = SourceNames.Method(method.Type, method.Name);
        const string Lambda = "lambda in ";
        string text = name.StartsWith(Lambda, StringComparison.Ordinal)
            ? $"{name[Lambda.Length..]}{line} subscribes {source} with a lambda; keep the delegate and remove it (-=) when the {owner} is done"
            : $"{name}{line} is subscribed to {source}; remove the handler ({source} -= …) when the {owner} is done";
        return (text, method.Source);
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
