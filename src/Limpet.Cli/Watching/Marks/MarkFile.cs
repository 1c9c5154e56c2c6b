using System.Text;
using Limpet.Capture.Children;
using Limpet.Results;
using Limpet.Text;

namespace Limpet.Cli.Watching.Marks;

/// <summary>
/// Marks that any program can write into a file or a named pipe, a line each: <c>NAME</c> or <c>begin NAME</c> begins a phase, <c>end NAME</c> ends it, and
/// <c>end</c> alone ends what is open.
/// </summary>
internal sealed class MarkFile : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5);
    private readonly FileStream stream;
    private readonly bool isPipe;
    private readonly CancellationTokenSource ended = new();
    private Thread? thread;

    private MarkFile(string path, FileStream stream, bool isPipe) => (Path, this.stream, this.isPipe) = (path, stream, isPipe);

    /// <summary>Where it lies.</summary>
    public string Path { get; }

    /// <summary>Lines that were read.</summary>
    public long Lines { get; private set; }

    /// <summary>Opens the file, which is made where it does not exist. What is in it already is passed over.</summary>
    /// <exception cref="LimpetException">It cannot be opened.</exception>
    public static MarkFile Open(string path)
    {
        try
        {
            path = System.IO.Path.GetFullPath(path);
            // For writing too: the read end of a pipe without a writer would be at its end, and opening it would wait for one.
            FileStream stream = new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            bool isPipe = !stream.CanSeek;
            if (!isPipe)
            {
                stream.Seek(0, SeekOrigin.End);
            }

            return new MarkFile(path, stream, isPipe);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new LimpetException($"The mark file {Escaping.Show(path)} cannot be opened: {Escaping.Show(exception.Message)} Give a file that can be written to, or a named pipe (mkfifo).", exception);
        }
    }

    /// <summary>Begins to read.</summary>
    /// <param name="found">Called with each mark, on a thread of its own.</param>
    public void Start(Action<Mark> found)
    {
        thread = new Thread(() => Run(found)) { IsBackground = true, Name = "limpet reads marks" };
        thread.Start();
    }

    /// <summary>The mark that a line is; null for an empty line.</summary>
    public static Mark? Parse(string line)
    {
        line = line.Trim();
        return line.Length == 0 ? null
            : line == "end" ? new Mark(MarkKind.Close, "")
            : line.StartsWith("end ", StringComparison.Ordinal) ? new Mark(MarkKind.End, line[4..].Trim())
            : new Mark(MarkKind.Begin, line.StartsWith("begin ", StringComparison.Ordinal) ? line[6..].Trim() : line);
    }

    public void Dispose()
    {
        ended.Cancel();
        if (!isPipe)
        {
            thread?.Join();
            stream.Dispose();
            ended.Dispose();
        }
    }

    private void Run(Action<Mark> found)
    {
        using ThreadUrgency urgency = ThreadUrgency.Raise();
        byte[] buffer = new byte[4096];
        List<byte> line = [];
        try
        {
            while (!ended.IsCancellationRequested)
            {
                int read = stream.Read(buffer);
                if (read == 0)
                {
                    // The end of a file moves: nothing says when. A pipe waits in the read.
                    ended.Token.WaitHandle.WaitOne(Look);
                    continue;
                }

                foreach (byte one in buffer.AsSpan(0, read))
                {
                    if (one != (byte)'\n')
                    {
                        line.Add(one);
                        continue;
                    }

                    Lines++;
                    if (Parse(Encoding.UTF8.GetString([.. line])) is { } mark)
                    {
                        found(mark);
                    }

                    line.Clear();
                }
            }
        }
        catch (IOException)
        {
            // The disk went away; the marks that came are kept, and the report says how many.
        }
    }
}
