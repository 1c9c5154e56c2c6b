using Limpet.Heap.Paths;

namespace Limpet.Heap.Holders;

/// <summary>Which types are a user's own: a leak is told in the user's types where there are any.</summary>
public static class FrameworkTypes
{
    private const string TextBuffer = "System.Text.StringBuilder";

    private static readonly string[] CollectionNamespaces =
        ["System.Collections.", "System.Threading.Channels.", "System.Linq.Lookup"];

    /// <summary>Whether a type belongs to the framework: in the namespaces System or Microsoft and no async method of a user's.</summary>
    public static bool IsFramework(string runtimeName)
    {
        TypeName? name = TypeNameParser.Parse(runtimeName);
        if (name is { Parts: [.., { Name: "AsyncStateMachineBox", Arguments: [.., { Parts: [var machine, ..] }] }] })
        {
            return IsFrameworkName(machine.Name);
        }

        return IsFrameworkName(name?.Parts[0].Name ?? runtimeName);
    }

    /// <summary>Whether objects of a type are what a user would call by name: no array, no delegate, no box, nothing of the framework.</summary>
    public static bool IsSubject(string runtimeName, TypeTraits traits) =>
        (traits & (TypeTraits.Array | TypeTraits.Delegate | TypeTraits.String | TypeTraits.Boxed)) == 0
        && !runtimeName.EndsWith(']')
        && runtimeName != PathTreeBuilder.DeeperType
        && !IsFramework(runtimeName);

    /// <summary>Whether a type is a collection or a part of one: array, delegate, bucket, node, entry.</summary>
    public static bool IsPartOfCollection(string runtimeName, TypeTraits traits) =>
        (traits & (TypeTraits.Array | TypeTraits.Delegate)) != 0
        || runtimeName.EndsWith(']')
        || CollectionNamespaces.Any(name => runtimeName.StartsWith(name, StringComparison.Ordinal));

    /// <summary>Whether a type is a part of a collection that counts the elements in itself.</summary>
    public static bool IsPartWithCount(string runtimeName) =>
        runtimeName.StartsWith("System.Collections.Concurrent.", StringComparison.Ordinal)
        && (runtimeName.Contains("ConcurrentQueueSegment<", StringComparison.Ordinal) || runtimeName.EndsWith("+WorkStealingQueue", StringComparison.Ordinal));

    /// <summary>Whether a type collects text or bytes, and tells how much is in it.</summary>
    public static bool IsBuffer(string runtimeName) =>
        runtimeName is TextBuffer or "System.IO.MemoryStream" || runtimeName.StartsWith("System.Buffers.ArrayBufferWriter<", StringComparison.Ordinal);

    /// <summary>Whether objects of a type are pieces of one whole: each holds the one before, and the last knows how much is in all of them.</summary>
    public static bool IsInPieces(string runtimeName) => runtimeName == TextBuffer;

    /// <summary>Whether a type is what something is wrapped in to be kept: a part of a collection, a string, a box, the node of a registration.</summary>
    public static bool IsWrapping(string runtimeName, TypeTraits traits) =>
        runtimeName is "System.String" or "System.Threading.CancellationTokenSource+CallbackNode"
        || (traits & TypeTraits.Boxed) != 0
        || IsPartOfCollection(runtimeName, traits);

    /// <summary>The name without arguments and ranks, nested types behind a dot: what all spellings of a type and its instantiations share.</summary>
    public static string DefinitionOf(string runtimeName) => TypeNameParser.Parse(runtimeName)?.Definition ?? runtimeName;

    private static bool IsFrameworkName(string name) =>
        name.StartsWith("System.", StringComparison.Ordinal)
        || name.StartsWith("Microsoft.", StringComparison.Ordinal)
        || name.StartsWith("Internal.", StringComparison.Ordinal)
        || name.StartsWith("Interop+", StringComparison.Ordinal)
        || name is "System" or "Interop" or "Free";
}
