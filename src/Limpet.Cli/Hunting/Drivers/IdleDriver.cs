namespace Limpet.Cli.Hunting.Drivers;

/// <summary>Drives nothing: an operation is a stretch of time.</summary>
internal sealed class IdleDriver(TimeSpan stretch) : IDriver
{
    /// <inheritdoc />
    public bool HasDeadline => false;

    /// <inheritdoc />
    public async Task<OperationOutcome> RunAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(stretch, cancellationToken);
        return OperationOutcome.Succeeded;
    }

    /// <inheritdoc />
    public void Dispose()
    {
    }
}
