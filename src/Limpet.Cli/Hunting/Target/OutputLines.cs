using System.Collections.Immutable;

namespace Limpet.Cli.Hunting.Target;

/// <summary>What a process writes, line by line: the last lines are kept, and a line goes to the first wait that it fits.</summary>
internal sealed class OutputLines
{
    /// <summary>Lines that are kept.</summary>
    public const int Kept = 40;

    private readonly Lock _gate = new();
    private readonly Queue<OutputLine> _last = new(Kept);
    private readonly List<LineWait> _waits = [];

    /// <summary>Called with every line, on the thread that read it.</summary>
    public Action<OutputLine>? Listener { get; init; }

    /// <summary>The last lines, oldest first.</summary>
    public ImmutableArray<string> Last
    {
        get
        {
            lock (_gate)
            {
                return [.. _last.Select(line => line.Text)];
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
            if (_last.Count == Kept)
            {
                _last.Dequeue();
            }

            _last.Enqueue(line);
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
