using System.Globalization;
using Limpet.Cli.Watching.Phases;
using Limpet.Cli.Watching.Tree;

namespace Limpet.Cli.Watching;

/// <summary>Looks for a phase that takes too long, and says so once.</summary>
/// <param name="tree">What is watched.</param>
/// <param name="longest">How long a phase may take.</param>
internal sealed class StallWatch(WatchTree tree, TimeSpan longest)
{
    private string? stalled;

    /// <summary>What there is to say of the phase that is open; null when it has not stalled, or that was said.</summary>
    public string? Look(TimeSpan now)
    {
        TimeSpan taken, before;
        lock (tree.Gate)
        {
            taken = now - tree.Book.Open.Start;
            if (!tree.Book.Any || taken < longest || Name(tree.Book) is not { } name || stalled == name)
            {
                return null;
            }

            stalled = name;
            before = tree.Book.Named.Select(phase => phase.Duration).DefaultIfEmpty(TimeSpan.Zero).Max();
        }

        return string.Create(CultureInfo.InvariantCulture, $"phase {stalled} has stalled: {taken.TotalSeconds:0} s so far, the longest before it took {before.TotalSeconds:0.0} s");
    }

    /// <summary>The phase that has stalled and is still open, and for how long it has been; no name when there is none.</summary>
    public (string? Phase, TimeSpan For) StillOpen()
    {
        lock (tree.Gate)
        {
            return Name(tree.Book) is { } name && name == stalled ? (name, tree.Now - tree.Book.Open.Start) : (null, TimeSpan.Zero);
        }
    }

    private static string? Name(PhaseBook book) =>
        book.Open.EndedMark is not null ? null
        : book.Open.Name ?? (book.Ended is [.., { Name: { } before }] ? $"after {before}" : null);
}
