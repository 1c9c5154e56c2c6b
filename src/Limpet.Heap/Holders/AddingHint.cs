using Limpet.Heap.Code;

namespace Limpet.Heap.Holders;

/// <summary>What to change where a collection or a buffer in a field of the user's holds the objects: the method whose code adds to that field.</summary>
internal static class AddingHint
{
    // What collections of the framework and of common packages call the members that add.
    private static readonly HashSet<string> Adding = new(StringComparer.Ordinal)
    {
        "Add", "AddRange", "AddFirst", "AddLast", "AddBefore", "AddAfter", "AddOrUpdate", "Append", "AppendFormat", "AppendJoin", "AppendLine", "Enqueue", "EnqueueRange", "GetOrAdd", "GetOrCreateValue", "GetValue", "Insert",
        "InsertRange", "Push", "PushRange", "set_Item", "TryAdd", "TryWrite", "UnionWith", "Write", "WriteAsync", "WriteByte", CodeUse.Element,
    };

    /// <summary>Where on the way the first collection begins that a step from <paramref name="first"/> to <paramref name="end"/> belongs to; -1 for none.</summary>
    public static int Find(TracePath path, int first, int end)
    {
        for (int start = 0; start < path.Nodes.Length - 1; start++)
        {
            if (FieldOf(path, start) is not null && EndOf(path, start) - 1 >= first && start < end)
            {
                return start;
            }
        }

        return -1;
    }

    /// <summary>Where the collection nearest to the object begins, which is what the object itself was added to; -1 for none.</summary>
    public static int FindLast(TracePath path) =>
        Enumerable.Range(0, Math.Max(0, path.Nodes.Length - 1)).Reverse().FirstOrDefault(start => FieldOf(path, start) is not null, -1);

    /// <summary>The hint for the collection that begins at <paramref name="start"/>.</summary>
    public static Hint? For(TracePath path, int start, ICodeFacts code)
    {
        if (FieldOf(path, start) is not { } field || (start > 0 && KnownFacts.About(path, start - 1) is not null))
        {
            // What a library keeps is not for its users to remove: what is known of it says more.
            return null;
        }

        // The name of a static root is that of the source: a property may stand behind it.
        string[] names = start == 0 ? [field.Name, $"<{field.Name}>k__BackingField"] : [field.Name];
        foreach ((string owner, string name) in field.Owners.SelectMany(owner => names.Select(name => (owner, name))))
        {
            var uses = code.UsesOfField(owner, name).Where(IsAdding);
            if (HintWords.Say(uses, FrameworkTypes.DefinitionOf(owner), $"adds to {field.Text}") is { } adds)
            {
                return new Hint(adds.Text, "remove the entry", adds.Source);
            }
        }

        return null;
    }

    // Volatile.Write sets the field itself.
    private static bool IsAdding(CodeUse use) => Adding.Contains(use.Taker) && use.TakerType != "System.Threading.Volatile";

    /// <summary>The field of the user's that holds the collection which begins at a position: its name in a sentence, the types that may declare it.</summary>
    private static (string Text, string[] Owners, string Name)? FieldOf(TracePath path, int start)
    {
        HeapType type = path.TypeAt(start);
        if (type.IsDelegate || !(FrameworkTypes.IsPartOfCollection(type.Name, type.Traits) || FrameworkTypes.IsBuffer(type.Name)))
        {
            return null;
        }

        if (start == 0)
        {
            return path.StaticField is var (declaring, name) && !FrameworkTypes.IsFramework(declaring)
                ? (Text(declaring, name), [declaring], name)
                : null;
        }

        HeapType holder = path.TypeAt(start - 1);
        EdgeLabel label = path.LabelAt(start - 1);
        return label.Kind == "Field" && !label.Member.Contains('.', StringComparison.Ordinal) && !FrameworkTypes.IsFramework(holder.Name) && !holder.IsArray
            ? (Text(holder.Name, label.Member), [holder.Name, .. holder.BaseTypes.Where(type => !FrameworkTypes.IsFramework(type))], label.Member)
            : null;
    }

    /// <summary>The first object behind the internals of the collection.</summary>
    private static int EndOf(TracePath path, int start)
    {
        int end = start + 1;
        while (end < path.Nodes.Length - 1 && !path.TypeAt(end).IsDelegate && FrameworkTypes.IsPartOfCollection(path.TypeAt(end).Name, path.TypeAt(end).Traits))
        {
            end++;
        }

        return end;
    }

    private static string Text(string type, string field) => $"{HintWords.Short(SourceNames.Type(type))}.{SourceNames.Field(field)}";
}
