using Limpet.Heap.Code;
using Limpet.Results;

namespace Limpet.Heap.Holders;

/// <summary>
/// What to change where an event holds its handlers. Only what heap and code show is said: which method was subscribed, and which one
/// subscribes it; for a lambda that is the method it stands in. Without the method there is no hint.
/// </summary>
internal static class SubscriptionHint
{
    /// <summary>The hint for a trace.</summary>
    /// <param name="path">The way.</param>
    /// <param name="firstSuspect">The last object that should be there: a handler before it is no suspect.</param>
    /// <param name="code">The target's code; null where it is not at hand.</param>
    public static Hint? For(TracePath path, int firstSuspect, ICodeFacts? code = null)
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

        string name = SourceNames.Method(method.Type, method.Name);
        const string Lambda = "lambda in ";
        bool isLambda = name.StartsWith(Lambda, StringComparison.Ordinal);
        string with = isLambda ? " with a lambda" : "";
        string remedy = isLambda ? "keep the delegate and remove it (-=)" : $"remove the handler ({source.Text} -= …)";
        if (HintWords.Say(SubscribersOf(source, method, code), FrameworkTypes.DefinitionOf(method.Type), $"subscribes {source.Text}") is { } subscribes)
        {
            return new Hint(subscribes.Text + with, remedy, subscribes.Source);
        }

        SourceLine? at = method.Source ?? code?.LineOf(method);
        string line = at is null ? "" : $" ({at.File}:{at.Line})";
        return isLambda
            ? new Hint($"{name[Lambda.Length..]}{line} subscribes {source.Text}{with}", remedy, at)
            : new Hint($"{name}{line} is subscribed to {source.Text}", remedy, at);
    }

    /// <summary>Statements that hand the handler to the event: by the event's name where the field has it, else to any event of the type.</summary>
    private static IEnumerable<CodeUse> SubscribersOf((string Text, string Owner, string Field) source, MethodName handler, ICodeFacts? code)
    {
        CodeUse[] added = [.. (code?.UsesOfDelegate(handler) ?? []).Where(use => use.Taker.StartsWith("add_", StringComparison.Ordinal))];
        CodeUse[] exact = [.. added.Where(use => use.Taker == "add_" + source.Field && use.TakerType == source.Owner)];
        return exact.Length > 0 ? exact : added.Where(use => use.TakerType == source.Owner || use.Taker == "add_" + source.Field);
    }

    /// <summary>The event that holds the delegate: a static field, or a field of a user's object that several handlers were added to. A delegate in a list or in the framework is none.</summary>
    private static (string Text, string Owner, string Field)? EventAt(TracePath path, int position)
    {
        if (position == 0)
        {
            return path.Root.Kind is RootKind.StaticField or RootKind.ThreadStatic && path.StaticField is var (type, field)
                ? (HintWords.Short(path.Root.Name, parts: 2), FrameworkTypes.DefinitionOf(type), field)
                : null;
        }

        EdgeLabel label = path.LabelAt(position - 1);
        string holder = path.TypeAt(position - 1).Name;
        return label.Kind == "Field" && path.LabelAt(position).Member == "_invocationList" && !FrameworkTypes.IsFramework(holder)
            ? ($"{HintWords.Short(SourceNames.Type(holder))}.{SourceNames.Field(label.Member)}", FrameworkTypes.DefinitionOf(holder), label.Member)
            : null;
    }
}
