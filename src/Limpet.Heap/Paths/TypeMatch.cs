using System.Collections.Immutable;
using Limpet.Heap.Holders;
using Limpet.Results;
using Limpet.Text;

namespace Limpet.Heap.Paths;

/// <summary>
/// Finds the type a user means: its whole name, else the end of exactly one name, with generic arguments or without. Subclasses
/// are other types.
/// </summary>
internal static class TypeMatch
{
    private const int NearMatches = 5;

    /// <summary>The runtime name that <paramref name="text"/> means; null when no type of the heap has it.</summary>
    /// <exception cref="LimpetException">Several types have it.</exception>
    public static string? Find(ImmutableArray<string> names, string text)
    {
        Func<string, bool>[] stages =
        [
            name => name == text || SourceNames.Type(name) == text || Escaping.Show(SourceNames.Type(name)) == text,
            name => EndsWith(name, text) || EndsWith(SourceNames.Type(name), text),
            name => EndsWith(FrameworkTypes.DefinitionOf(name), text) && !name.EndsWith(']'),
        ];
        foreach (var stage in stages)
        {
            string[] found = [.. names.Where(stage).Order(StringComparer.Ordinal)];
            if (found.Length > 1)
            {
                throw new LimpetException(
                    $"'{text}' is the name of {found.Length} types: {List(found)}. Give the whole name of one.");
            }

            if (found.Length == 1)
            {
                return found[0];
            }
        }

        return null;
    }

    /// <summary>The error for a name that no type has, with the nearest names.</summary>
    public static LimpetException NotFound(ImmutableArray<string> names, string text)
    {
        string[] near =
        [
            .. names
                .Select(name => (Name: name, Distance: DistanceOf(Last(name), Last(text))))
                .Where(entry => entry.Distance <= Math.Max(2, Last(text).Length / 3))
                .OrderBy(entry => entry.Distance)
                .ThenBy(entry => entry.Name, StringComparer.Ordinal)
                .Select(entry => entry.Name)
                .Take(NearMatches + 1),
        ];
        return new LimpetException(near.Length == 0
            ? $"No object has the type '{text}', and no type is called nearly so. 'limpet inspect' lists the types of a heap."
            : $"No object has the type '{text}'. Near it: {List(near)}.");
    }

    private static string List(string[] names) =>
        string.Join(", ", names.Take(NearMatches).Select(SourceNames.Type)) + (names.Length > NearMatches ? ", …" : "");

    private static bool EndsWith(string name, string text) =>
        name.Length > text.Length && name.EndsWith(text, StringComparison.Ordinal) && name[^(text.Length + 1)] is '.' or '+';

    private static string Last(string name)
    {
        string definition = FrameworkTypes.DefinitionOf(name);
        return definition[(definition.LastIndexOf('.') + 1)..];
    }

    /// <summary>0 for a part of the other, whatever the case; else the number of letters to change (Levenshtein).</summary>
    private static int DistanceOf(string name, string text)
    {
        if (name.Contains(text, StringComparison.OrdinalIgnoreCase))
        {
            return 0;
        }

        int[] row = [.. Enumerable.Range(0, text.Length + 1)];
        for (int i = 1; i <= name.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= text.Length; j++)
            {
                int change = diagonal + (char.ToUpperInvariant(name[i - 1]) == char.ToUpperInvariant(text[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
