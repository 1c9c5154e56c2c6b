using Microsoft.Diagnostics.Runtime;

namespace Limpet.Capture.Live;

/// <summary>Types that are known by name: those whose numbers a capture reads.</summary>
internal static class NamedTypes
{
    private const int MaxDepth = 8;

    /// <summary>A type and those that it derives from, nearest first, as far as they have names.</summary>
    public static IEnumerable<(string Name, ClrType Type)> WithBases(ClrType type)
    {
        ClrType? at = type;
        for (int depth = 0; at?.Name is { } name && depth < MaxDepth; depth++, at = at.BaseType)
        {
            yield return (name, at);
        }
    }

    /// <summary>Whether a type is called so. A name that ends in &lt; is that of a generic type with any arguments: its nested types and arrays are others.</summary>
    public static bool Is(string name, string known) => known[^1] != '<' ? name == known
        : name.StartsWith(known, StringComparison.Ordinal) && name[^1] == '>' && Closes(name, known.Length) == name.Length - 1;

    /// <summary>Where the arguments end that begin at <paramref name="start"/>; what comes behind names a nested type.</summary>
    private static int Closes(string name, int start)
    {
        int open = 1;
        for (int at = start; at < name.Length; at++)
        {
            open += name[at] switch { '<' => 1, '>' => -1, _ => 0 };
            if (open == 0)
            {
                return at;
            }
        }

        return -1;
    }
}
