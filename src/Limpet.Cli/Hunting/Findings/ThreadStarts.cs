using System.Collections.Immutable;
using Limpet.Results;

namespace Limpet.Cli.Hunting.Findings;

/// <summary>Threads by the method that they were started with.</summary>
/// <param name="Method">The method, such as <c>Poller.Run</c>; empty when no stack shows it.</param>
/// <param name="Count">How many threads run it.</param>
/// <param name="Stacks">Their stacks, the most frequent first.</param>
internal sealed record ThreadStarts(string Method, int Count, ImmutableArray<ThreadStackGroup> Stacks)
{
    /// <summary>What stands below the method that a thread was started with.</summary>
    private static readonly string[] Runtime = ["Thread.", "StartHelper.", "ExecutionContext."];

    /// <summary>The method of a frame, without the line.</summary>
    public static string MethodOf(string frame) => frame.EndsWith(')') && frame.LastIndexOf(" (", StringComparison.Ordinal) is > 0 and var line ? frame[..line] : frame;

    public static ImmutableArray<ThreadStarts> Of(IEnumerable<ThreadStackGroup> stacks) =>
    [
        .. stacks
            .Where(stack => !stack.Frames.IsEmpty)
            .GroupBy(StartOf, StringComparer.Ordinal)
            .Select(start => new ThreadStarts(start.Key, start.Sum(stack => stack.Count), [.. start.OrderByDescending(stack => stack.Count)]))
            .OrderByDescending(start => start.Count)
            .ThenBy(start => start.Method, StringComparer.Ordinal),
    ];

    private static string StartOf(ThreadStackGroup stack) =>
        MethodOf(stack.Frames.LastOrDefault(frame => !Runtime.Any(prefix => frame.StartsWith(prefix, StringComparison.Ordinal))) ?? stack.Frames[^1]);
}
