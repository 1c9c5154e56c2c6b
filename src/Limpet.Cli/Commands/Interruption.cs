using System.Runtime.InteropServices;

namespace Limpet.Cli.Commands;

/// <summary>Ctrl-C and its like: the first one asks the command to end cleanly, the second ends the process as it always would.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource source = new();
    private readonly PosixSignalRegistration[] registrations;
    private int exitCode;

    public Interruption() => registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Handle(context, Cli.ExitCode.Interrupted)),
        PosixSignalRegistration.Create(PosixSignal.SIGQUIT, context => Handle(context, Cli.ExitCode.Interrupted)),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Handle(context, Cli.ExitCode.Terminated)),
        PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => Handle(context, Cli.ExitCode.Terminated)),
    ];

    /// <summary>Who takes the signals instead: then none of them cancels or ends anything by itself. Null for nobody.</summary>
    public Action<PosixSignal>? Listener { get; set; }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => source.Token;

    /// <summary>The exit code that belongs to the signal; null when there was none.</summary>
    public int? ExitCode => Volatile.Read(ref exitCode) is int code and not 0 ? code : null;

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in registrations)
        {
            registration.Dispose();
        }

        source.Dispose();
    }

    private void Handle(PosixSignalContext context, int code)
    {
        if (Listener is { } listener)
        {
            context.Cancel = true;
            Interlocked.CompareExchange(ref exitCode, code, 0);
            listener(context.Signal);
            return;
        }

        context.Cancel = Interlocked.CompareExchange(ref exitCode, code, 0) == 0;
        if (context.Cancel)
        {
            source.Cancel();
        }
    }
}
