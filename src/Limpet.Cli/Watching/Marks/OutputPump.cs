using System.Diagnostics;
using Limpet.Capture.Children;

namespace Limpet.Cli.Watching.Marks;

/// <summary>
/// Passes on what a child writes, byte for byte, and looks for marks on the way. What a mark asks for is read before the bytes go on: a reader
/// that is slow must not make the reading late.
/// </summary>
internal sealed class OutputPump
{
    private readonly ChildOutput output;
    private readonly bool toError;
    private readonly MarkScanner scanner;
    private readonly Action<Mark, long, Func<bool>> found;
    private readonly List<Mark> marks = [];
    private readonly Thread thread;
    private readonly long lag;
    private volatile bool busy;

    /// <summary>When it was first seen that more had come, while marks were taken; 0 when it was not.</summary>
    private long moreSince;

    /// <param name="output">What to read.</param>
    /// <param name="toError">Whether it goes on to standard error.</param>
    /// <param name="pattern">What marks look like.</param>
    /// <param name="found">Called with each mark, on the thread of the pump, with the time stamp at which it came, and with whether the program has written more since: then it has gone on, and what is
    /// read now may be of what comes next.</param>
    public OutputPump(ChildOutput output, bool toError, MarkPattern pattern, Action<Mark, long, Func<bool>> found)
    {
        (this.output, this.toError, this.found) = (output, toError, found);
        scanner = new MarkScanner(pattern);
        lag = (long)(pattern.Lag.TotalSeconds * Stopwatch.Frequency);
        thread = new Thread(Run) { IsBackground = true, Name = toError ? "limpet passes on errors" : "limpet passes on output" };
    }

    /// <summary>Lines that were looked at.</summary>
    public long Lines => scanner.Lines;

    /// <summary>Why output could not be passed on; null when it could.</summary>
    public string? Trouble { get; private set; }

    /// <summary>Whether there is output that was not looked at.</summary>
    public bool Waits => busy || output.HasMore;

    public void Start() => thread.Start();

    /// <summary>Waits until the child and all that inherited its output have closed it.</summary>
    public bool Join(TimeSpan deadline) => thread.Join(deadline);

    private bool SeesMore()
    {
        if (output.HasMore && moreSince == 0)
        {
            moreSince = Stopwatch.GetTimestamp();
        }

        return moreSince != 0;
    }

    private void Run()
    {
        using ThreadUrgency urgency = ThreadUrgency.Raise();
        byte[] buffer = new byte[64 * 1024];
        while (true)
        {
            // Until it is busy the bytes stay in the pipe: so nobody takes this thread for idle who looks from another.
            TimeSpan waited = urgency.Waited();
            output.Wait();
            busy = true;
            long arrived = moreSince != 0 ? moreSince : Stopwatch.GetTimestamp() - (long)((urgency.Waited() - waited).TotalSeconds * Stopwatch.Frequency);
            moreSince = 0;
            int read = output.Read(buffer);
            if (read == 0)
            {
                busy = false;
                return;
            }

            ReadOnlySpan<byte> bytes = buffer.AsSpan(0, read);
            marks.Clear();
            scanner.Scan(bytes, marks);
            for (int i = 0; i < marks.Count; i++)
            {
                bool last = i == marks.Count - 1;
                found(marks[i], arrived - lag, () => SeesMore() || !last);
            }

            busy = false;

            if (!OwnOutput.TryWrite(toError, bytes, out string? trouble))
            {
                // Nobody reads on: the child is to learn it as it would without limpet.
                Trouble = trouble;
                output.Dispose();
                return;
            }
        }
    }
}
