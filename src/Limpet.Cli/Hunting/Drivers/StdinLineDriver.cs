using System.Text;
using Limpet.Cli.Hunting.Target;

namespace Limpet.Cli.Hunting.Drivers;

/// <summary>
/// Writes a line to the target's standard input and waits for the line of output that answers it: any line on standard output, or the first
/// on either stream that matches a pattern.
/// </summary>
internal sealed class StdinLineDriver : IDriver
{
    private readonly HuntTarget _target;
    private readonly LinePattern? _reply;
    private readonly byte[] _line;
    private readonly SemaphoreSlim _turn = new(1, 1);

    public StdinLineDriver(HuntTarget target, DriverOptions.StdinLine options)
    {
        _target = target;
        _reply = options.Reply;
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
            using LineWait reply = _target.Output!.Wait(line => _reply is null ? !line.IsError : _reply.Matches(line.Text));
            await _target.WriteAsync(_line, cancellationToken);
            Task first = await Task.WhenAny(reply.Line, _target.Exited).WaitAsync(cancellationToken);
            return first == reply.Line || reply.Line.IsCompleted
                ? OperationOutcome.Succeeded
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
}
