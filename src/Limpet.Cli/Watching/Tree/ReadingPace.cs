namespace Limpet.Cli.Watching.Tree;

/// <summary>
/// How often memory is read at marks, which costs the kernel a walk over every page: 4 ms for a program of 200 MB. Marks may come faster than that, and a phase that took less than
/// some readings of its memory is not told from the next by one. Times are those of the reader's own clock.
/// </summary>
internal sealed class ReadingPace
{
    /// <summary>Memory that takes longer to read is not read at every mark.</summary>
    private static readonly TimeSpan Dear = TimeSpan.FromMilliseconds(10);

    /// <summary>A reading that was interrupted took long for another reason: so many in a row must be dear.</summary>
    private const int Remembered = 4;

    /// <summary>So many times what a reading costs the next one waits where they are dear: 5 % of a core.</summary>
    private const int Rest = 20;

    /// <summary>So many times what a reading costs it stands for the bounds of phases that come next: 80 ms at most.</summary>
    private const int Freshness = 8;

    private readonly Queue<TimeSpan> costs = [];
    private TimeSpan last;
    private TimeSpan? lastAtBound;

    private TimeSpan Cost => costs.Count == Remembered ? costs.Min() : TimeSpan.Zero;

    /// <summary>Whether reading is dear and was done not long ago.</summary>
    public bool IsTooSoon(TimeSpan now) => Cost > Dear && now - last < Rest * Cost;

    /// <summary>Whether what was read at the bound of a phase stands for this moment too.</summary>
    public bool IsFresh(TimeSpan now) => Cost <= Dear && now - lastAtBound < Freshness * Cost;

    /// <summary>Notes a reading.</summary>
    /// <param name="began">When it began.</param>
    /// <param name="cost">What it took.</param>
    /// <param name="atBound">Whether it was taken where one phase ends and the next begins, and not before what the open one tears down.</param>
    public void Note(TimeSpan began, TimeSpan cost, bool atBound)
    {
        last = began;
        lastAtBound = atBound ? began : lastAtBound;
        costs.Enqueue(cost);
        if (costs.Count > Remembered)
        {
            costs.Dequeue();
        }
    }
}
