using System.Collections.Immutable;
using Limpet.Heap.Code;
using Limpet.Results;

namespace Limpet.Heap.Holders;

/// <summary>The pieces of a hint: places of the source as people name them.</summary>
internal static class HintWords
{
    private const int MostPlaces = 3;

    /// <summary>Such as <c>OrderView..ctor (OrderView.cs:42)</c>.</summary>
    public static string Place(MethodName method)
    {
        string line = method.Source is { } at ? $" ({at.File}:{at.Line})" : "";
        return SourceNames.Method(method.Type, method.Name) + line;
    }

    /// <summary>
    /// The statements that are meant, as one subject of a sentence, with the verb that agrees: those of <paramref name="owner"/> where it has any, all
    /// others otherwise. The line only where there is no choice.
    /// </summary>
    /// <param name="uses">The statements that qualify.</param>
    /// <param name="owner">The type that is asked first, without generic arguments; null when none is.</param>
    /// <param name="verb">What one of them does, in the third person: <c>subscribes</c>.</param>
    public static (string Text, SourceLine? Source)? Say(IEnumerable<CodeUse> uses, string? owner, string verb)
    {
        ImmutableArray<CodeUse> all = [.. uses];
        ImmutableArray<CodeUse> own = owner is null ? [] : [.. all.Where(use => IsIn(owner, use.Method))];
        MethodName[] places = [.. (own.IsEmpty ? all : own)
            .DistinctBy(use => SourceNames.Method(use.Method.Type, use.Method.Name))
            .Select(use => use.Method)];
        string[] named = [.. places.Take(MostPlaces).Select(Place)];
        return places.Length switch
        {
            0 => null,
            1 => ($"{named[0]} {verb}", places[0].Source),
            <= MostPlaces => ($"{string.Join(", ", named[..^1])} and {named[^1]} {Plural(verb)}", null),
            _ => ($"{string.Join(", ", named)} and {places.Length - MostPlaces} more {Plural(verb)}", null),
        };
    }

    /// <summary>The object that leaks, as a sentence calls it; <c>subscriber</c> where its type has no name in the source.</summary>
    public static string Subject(TracePath path, string otherwise)
    {
        string subject = SourceNames.Type(path.TypeAt(path.Nodes.Length - 1).Name);
        return subject.StartsWith("async ", StringComparison.Ordinal) ? "operation" : subject.Contains(' ', StringComparison.Ordinal) ? otherwise : Short(subject);
    }

    /// <summary>The last parts of a dotted name; names in words stay whole.</summary>
    public static string Short(string name, int parts = 1)
    {
        if (name.Contains(' ', StringComparison.Ordinal) || name.Contains('<', StringComparison.Ordinal))
        {
            return name;
        }

        string[] words = name.Split('.');
        return string.Join('.', words[^Math.Min(parts, words.Length)..]);
    }

    /// <summary>Whether a method belongs to a type, its lambdas and state machines included.</summary>
    private static bool IsIn(string owner, MethodName method)
    {
        string definition = FrameworkTypes.DefinitionOf(method.Type);
        return definition == owner || definition.StartsWith(owner + ".", StringComparison.Ordinal);
    }

    private static string Plural(string verb)
    {
        int end = verb.IndexOf(' ', StringComparison.Ordinal) is > 0 and var space ? space : verb.Length;
        string plural = verb[..end] switch
        {
            "passes" => "pass",
            var regular => regular[..^1],
        };
        return plural + verb[end..];
    }
}
