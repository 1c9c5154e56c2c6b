using Limpet.Heap.Paths;

namespace Limpet.Heap.Holders;

/// <summary>Merged paths in the words of the source, on one line.</summary>
public static class PathWords
{
    private const int LongestPath = 8;

    /// <summary>Such as <c>static field Shop.Bus.Changed → System.EventHandler → _target: Shop.OrderView</c>; of a long path both ends.</summary>
    public static string Of(IReadOnlyList<PathNode> steps)
    {
        string[] words = [.. steps.Select(Of)];
        return string.Join(" → ", words.Length <= LongestPath ? words : [.. words[..(LongestPath / 2)], "…", .. words[^(LongestPath / 2)..]]);
    }

    private static string Of(PathNode step) => step switch
    {
        { IsRoot: true } => RootWords.Of(step.Root.Kind, step.Root.Name),
        { Label.Member: "" } => SourceNames.Type(step.Type),
        _ => $"{SourceNames.Field(step.Label.Member)}: {SourceNames.Type(step.Type)}",
    };
}
