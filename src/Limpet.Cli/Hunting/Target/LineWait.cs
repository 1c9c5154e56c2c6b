namespace Limpet.Cli.Hunting.Target;

/// <summary>A wait for the next line that fits. Disposing gives it up.</summary>
internal sealed class LineWait : IDisposable
{
    private readonly OutputLines _lines;
    private readonly TaskCompletionSource<string> _found = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal LineWait(OutputLines lines, Func<OutputLine, bool> fits)
    {
        _lines = lines;
        Fits = fits;
    }

    /// <summary>The line, once it came.</summary>
    public Task<string> Line => _found.Task;

    internal Func<OutputLine, bool> Fits { get; }

    /// <inheritdoc />
    public void Dispose() => _lines.GiveUp(this);

    internal void Found(string line) => _found.TrySetResult(line);
}
