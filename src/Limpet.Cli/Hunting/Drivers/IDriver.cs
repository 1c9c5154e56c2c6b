namespace Limpet.Cli.Hunting.Drivers;

/// <summary>Drives single operations.</summary>
internal interface IDriver : IDisposable
{
    /// <summary>Whether an operation has a deadline. A stretch of time has none.</summary>
    bool HasDeadline { get; }

    /// <summary>Runs one operation. May be called again while one runs.</summary>
    /// <param name="cancellationToken">Cancelled when the deadline passes or the hunt is given up.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled before the operation ended.</exception>
    Task<OperationOutcome> RunAsync(CancellationToken cancellationToken);
}
