using System.Text;
using Limpet.Cli.Hunting.Target;
using Limpet.Text;

namespace Limpet.Cli.Hunting.Drivers;

/// <summary>
/// Writes a line to the target's standard input and waits for the line of output that answers it: any line on standard output, or the first
/// on either stream that matches a pattern. A line on either stream that matches the pattern of failures is an answer too, and the operation
/// failed.
/// </summary>
internal sealed class StdinLineDriver : IDriver
{
    private readonly HuntTarget _target;
    private readonly LinePattern? _reply;
    private readonly LinePattern? _fail;
    private readonly LineShapes _failures = new(Stretch.MostReasons);
    private readonly byte[] _line;
    private readonly SemaphoreSlim _turn = new(1, 1);

    public StdinLineDriver(HuntTarget target, DriverOptions.StdinLine options)
    {
        _target = target;
        _reply = options.Reply;
        _fail = options.Fail;
        _line = Encoding.UTF8.GetBytes(options.Text + "\n");
    }

    /// <inheritdoc />
    public bool HasDeadline => true;

    /// <inheritdoc />
    public async Task<OperationOutcome> RunAsync(CancellationToken cancellationToken)
    {
        // One at a time: nothing else tells which answer belongs to which line.
        await _turn.WaitAsync(cancellationToken);
        try
        {
            using LineWait reply = _target.Output!.Wait(Answers);
            await _target.WriteAsync(_line, cancellationToken);
            Task first = await Task.WhenAny(reply.Line, _target.Exited).WaitAsync(cancellationToken);
            return first == reply.Line || reply.Line.IsCompleted
                ? Outcome(await reply.Line)
                : OperationOutcome.Failed("the target ended before it answered");
        }
        catch (IOException)
        {
            return OperationOutcome.Failed("the target closed its standard input");
        }
        catch (ObjectDisposedException)
        {
            return OperationOutcome.Failed("the target is being ended");
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _turn.Dispose();

    private bool Answers(OutputLine line) => (_reply is null ? !line.IsError : _reply.Matches(line.Text)) || IsFailure(line.Text);

    private bool IsFailure(string line) => _fail is not null && _fail.Matches(line);

    private OperationOutcome Outcome(string line) =>
        IsFailure(line) ? OperationOutcome.Failed($"answered like \"{Escaping.Show(Redaction.Text(_failures.Representative(line)), 120)}\"") : OperationOutcome.Succeeded;
}
