using System.Collections.Immutable;
using System.Globalization;
using Limpet.Cli.Hunting.Target;
using Limpet.Text;

namespace Limpet.Cli.Hunting.Drivers;

/// <summary>Runs a shell command. It finds the process id of the target in <c>LIMPET_TARGET_PID</c>.</summary>
internal sealed class EachDriver : IDriver
{
    private readonly ProcessCommand _command;

    public EachDriver(DriverOptions.Each options, string? workingDirectory, int targetPid) =>
        _command = new ProcessCommand(["/bin/sh", "-c", options.Command])
        {
            WorkingDirectory = workingDirectory,
            Environment = ImmutableSortedDictionary<string, string>.Empty.Add("LIMPET_TARGET_PID", targetPid.ToString(CultureInfo.InvariantCulture)),
        };

    /// <inheritdoc />
    public bool HasDeadline => true;

    /// <inheritdoc />
    public async Task<OperationOutcome> RunAsync(CancellationToken cancellationToken)
    {
        StartedProcess process = StartedProcess.Start(_command);
        process.CloseInput();
        try
        {
            TargetExit exit = await process.Exited.WaitAsync(cancellationToken);
            process.Leave();
            return exit.ExitCode == 0
                ? OperationOutcome.Succeeded
                : OperationOutcome.Failed(
                    (exit.Signal is { } signal ? $"the command was ended by {signal}" : string.Create(CultureInfo.InvariantCulture, $"the command exited with code {exit.ExitCode}"))
                    + (exit.LastWord is { } word ? ": " + Escaping.Show(Redaction.Text(word), 120) : ""));
        }
        catch (OperationCanceledException)
        {
            await process.EndAsync(TimeSpan.FromSeconds(1), gently: false);
            process.Leave();
            throw;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
    }
}
