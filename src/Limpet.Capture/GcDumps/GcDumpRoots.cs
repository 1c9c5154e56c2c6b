using Limpet.Heap;

namespace Limpet.Capture.GcDumps;

/// <summary>
/// The roots of a <c>.gcdump</c> are nodes like the objects, without an address and with names in brackets: <c>[static vars]</c> holds
/// <c>[static var Shop.Bus.Changed]</c>, and that the object. What they mean is told by their names; the names are those of the tools that
/// write such files, and of limpet.
/// </summary>
internal static class GcDumpRoots
{
    public const string All = "[.NET Roots]";

    private static readonly (string Word, RootKind Kind)[] Kinds =
    [
        ("thread static var", RootKind.ThreadStatic),
        ("static var", RootKind.StaticField),
        ("local var", RootKind.Stack),
        ("stack", RootKind.Stack),
        ("finaliz", RootKind.FinalizerQueue),
        ("async pinned", RootKind.AsyncPinnedHandle),
        ("pinned", RootKind.PinnedHandle),
        ("ref count", RootKind.RefCountedHandle),
        ("COM/WinRT", RootKind.RefCountedHandle),
        ("sized ref", RootKind.SizedRefHandle),
        ("runtime table", RootKind.RuntimeTable),
        ("handle", RootKind.StrongHandle),
    ];

    /// <summary>The group that roots of a kind stand in, and the word before the name of one.</summary>
    public static (string Group, string Word) WordsOf(RootKind kind) => kind switch
    {
        RootKind.StaticField => ("[static vars]", "static var"),
        RootKind.ThreadStatic => ("[thread static vars]", "thread static var"),
        RootKind.Stack => ("[local vars]", "local var"),
        RootKind.FinalizerQueue => ("[finalizer queue]", "finalizer queue"),
        RootKind.AsyncPinnedHandle => ("[async pinned handles]", "async pinned handle"),
        RootKind.PinnedHandle => ("[pinned handles]", "pinned handle"),
        RootKind.RefCountedHandle => ("[ref counted handles]", "ref counted handle"),
        RootKind.SizedRefHandle => ("[sized ref handles]", "sized ref handle"),
        RootKind.RuntimeTable => ("[runtime tables]", "runtime table"),
        _ => ("[strong handles]", "strong handle"),
    };

    /// <summary>The kind that the name of a node tells; null when it tells none.</summary>
    public static RootKind? KindOf(string name)
    {
        foreach ((string word, RootKind kind) in Kinds)
        {
            if (name.Contains(word, StringComparison.OrdinalIgnoreCase))
            {
                return kind;
            }
        }

        return null;
    }

    /// <summary>What a root is called: the name without its brackets and the word of its kind.</summary>
    public static string NameOf(string name)
    {
        string bare = name.StartsWith('[') && name.EndsWith(']') ? name[1..^1] : name;
        foreach (RootKind kind in Enum.GetValues<RootKind>())
        {
            string word = WordsOf(kind).Word + " ";
            if (bare.StartsWith(word, StringComparison.OrdinalIgnoreCase) && bare.Length > word.Length)
            {
                return bare[word.Length..];
            }
        }

        return bare;
    }
}
