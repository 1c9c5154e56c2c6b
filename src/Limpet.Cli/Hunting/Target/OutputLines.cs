using System.Collections.Immutable;

namespace Limpet.Cli.Hunting.Target;

/// <summary>
/// What a process writes, line by line: the last lines are kept, and a line goes to the first wait that it fits. Output and errors are kept apart: they are read side by side,
/// and at the end of a process what it wrote before its last error may come after it.
/// </summary>
internal sealed class OutputLines
{
    /// <summary>Lines of output that are kept, and lines of errors.</summary>
    public const int Kept = 20;

    private readonly Lock _gate = new();
    private readonly LinkedList<OutputLine> _last = [];
    private readonly List<LineWait> _waits = [];

    /// <summary>Called with every line, on the thread that read it.</summary>
    public Action<OutputLine>? Listener { get; init; }

    /// <summary>The last lines, in the order in which they were read.</summary>
    public ImmutableArray<OutputLine> Last
    {
        get
        {
            lock (_gate)
            {
                return [.. _last];
            }
        }
    }

    /// <summary>Waits for the next line that fits. Set it up before what causes the line.</summary>
    public LineWait Wait(Func<OutputLine, bool> fits)
    {
        LineWait wait = new(this, fits);
        lock (_gate)
        {
            _waits.Add(wait);
        }

        return wait;
    }

    /// <summary>Takes a line.</summary>
    public void Add(OutputLine line)
    {
        LineWait? found = null;
        lock (_gate)
        {
            _last.AddLast(line);
            if (_last.Count(kept => kept.IsError == line.IsError) > Kept)
            {
                _last.Remove(_last.First(kept => kept.IsError == line.IsError));
            }

            foreach (LineWait wait in _waits)
            {
                if (wait.Fits(line))
                {
                    found = wait;
                    _waits.Remove(wait);
                    break;
                }
            }
        }

        found?.Found(line.Text);
        Listener?.Invoke(line);
    }

    internal void GiveUp(LineWait wait)
    {
        lock (_gate)
        {
            _waits.Remove(wait);
        }
    }
}
