using Limpet.Cli.Watching.Marks;
using Limpet.Cli.Watching.Tree;

namespace Limpet.Cli.Watching.Phases;

/// <summary>
/// Makes phases of marks. A phase goes from the mark that begins it to the one that begins the next, because what a test opened is given back
/// after the sign that it has ended; where only ends are marked, it goes from end to end.
/// </summary>
internal sealed class PhaseBook
{
    /// <summary>Start times are told in steps of this.</summary>
    public static readonly TimeSpan ClockTick = TimeSpan.FromMilliseconds(10);

    /// <summary>What the marks of a test may come late by: more than that beyond twice the time between them, and it did not run in that time alone.</summary>
    private static readonly TimeSpan MostLate = TimeSpan.FromMilliseconds(500);

    private readonly List<Phase> phases = [];
    private readonly HashSet<string> sources = [];
    private string? source;

    public PhaseBook(TimeSpan start, TreePulse before) => Open = New(start, before, null, begun: false);

    /// <summary>The phase that has not ended. There always is one; one without a name lies between phases.</summary>
    public Phase Open { get; private set; }

    /// <summary>All stretches that have ended.</summary>
    public IReadOnlyList<Phase> Ended => phases;

    /// <summary>The phases that have ended, without what lies between them.</summary>
    public IEnumerable<Phase> Named => phases.Where(phase => phase.Name is not null);

    /// <summary>Whether a mark has begun or ended a phase.</summary>
    public bool Any { get; private set; }

    /// <summary>Whether a mark has closed what was open, and no phase has begun since.</summary>
    public bool Closed { get; private set; }

    /// <summary>Programs that ran parts of the suite.</summary>
    public int Sources => sources.Count;

    /// <summary>Tests that by their runner's clock took much longer than there was between their marks.</summary>
    public int TooLong { get; private set; }

    /// <summary>Whether several of them ran at the same time. Then phases overlap, and what came in one may be another's.</summary>
    public bool SourcesOverlap { get; private set; }

    /// <summary>Whether phases overlap, so that nobody can say whose a thing is.</summary>
    public bool Overlaps => SourcesOverlap || TooLong > 0;

    /// <summary>Whether taking this mark would end the open phase.</summary>
    public bool Ends(Mark mark) => mark.Kind != MarkKind.End || !Open.Begun || Open.Name != mark.Name;

    /// <summary>Takes a mark.</summary>
    /// <param name="mark">The mark.</param>
    /// <param name="at">When it came.</param>
    /// <param name="pulse">What was read at it.</param>
    /// <param name="reading">The number of that reading.</param>
    public void Take(Mark mark, TimeSpan at, TreePulse pulse, int reading)
    {
        Any |= mark.Kind != MarkKind.Close;
        Closed = mark.Kind == MarkKind.Close && Any;
        if (mark is { Kind: MarkKind.End, Took: { } took } && (!Open.Begun || Open.Name == mark.Name) && took > (2 * (at - Open.Start)) + MostLate)
        {
            TooLong++;
        }

        switch (mark.Kind)
        {
            case MarkKind.Begin:
                Finish(at, pulse, reading);
                Open = New(at, pulse, mark.Name, begun: true);
                break;
            case MarkKind.Close:
                Finish(at, pulse, reading);
                Open = New(at, pulse, null, begun: false);
                break;
            case MarkKind.End when !Ends(mark):
                (Open.EndedMark, Open.EndedAt) = (reading, at);
                Open.Take(pulse);
                break;
            case MarkKind.End when Open.Begun && Open.EndedMark is null:
                break; // the end of a part or of the whole of what is open, such as of a test with subtests
            case MarkKind.End when Open.Begun:
                // It was begun and ended at once: both came together.
                Finish(at, pulse, reading);
                Open = New(at, pulse, mark.Name, begun: true);
                (Open.EndedMark, Open.EndedAt) = (reading, at);
                break;
            case MarkKind.End:
                Open.Name = mark.Name;
                Finish(at, pulse, reading);
                Open = New(at, pulse, null, begun: false);
                break;
        }
    }

    /// <summary>Notes which program a mark came from. One that comes again after another has come ran beside it.</summary>
    /// <param name="program">The program.</param>
    /// <param name="worker">Whether it is one of several that share the tests of a suite, and so run at the same time.</param>
    public void TakeSource(string program, bool worker = false)
    {
        bool again = !sources.Add(program);
        SourcesOverlap |= source is not null && source != program && (again || worker);
        source = program;
    }

    /// <summary>The number of the stretch in which a thread or process was started, as far as the marks have come.</summary>
    public int StretchOf(TimeSpan start)
    {
        int stretch = phases.Count - 1;
        while (stretch >= 0 && phases[stretch].Start >= start + ClockTick)
        {
            stretch--;
        }

        return stretch;
    }

    /// <summary>Ends the last phase with the run.</summary>
    public void Finish(TimeSpan at, TreePulse pulse, int reading)
    {
        Open.End = at;
        Open.EndMark = reading;
        Open.After = pulse;
        Open.Take(pulse);
        phases.Add(Open);
    }

    private Phase New(TimeSpan start, TreePulse before, string? name, bool begun) => new(phases.Count, start, before) { Name = name, Begun = begun, HasSetUp = !begun && phases.TrueForAll(phase => phase.Name is null) };
}
