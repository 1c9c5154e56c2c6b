using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using Limpet.Capture.Dumps;
using Limpet.Text;

namespace Limpet.Cli.Commands;

/// <summary>
/// A dump is read with the help of native code, the debugging library of its runtime, which a dump that was altered can bring down: nothing
/// in the process could catch that. So a command that reads a dump runs in a process of its own, and this one says what became of it.
/// </summary>
internal static class DumpGuard
{
    private const string Variable = "LIMPET_READS_DUMP";
    private const int FirstSignalCode = 128;
    private const int Killed = FirstSignalCode + 9;
    private const int TerminateSignal = 15;
    private const int InterruptSignal = 2;
    private static readonly TimeSpan OwnNotice = TimeSpan.FromSeconds(1);

    /// <summary>Runs a line that names a dump in a child; null for any other line, and in the child.</summary>
    public static Task<int?> RunAsync(string[] args, TextWriter error, Interruption interruption) =>
        RunAsync(args, error, () => interruption.ExitCode == ExitCode.Interrupted, Itself, interruption.Token);

    /// <summary>Runs a line that names a dump in a child; null for any other line, and in the child.</summary>
    /// <param name="args">The line.</param>
    /// <param name="error">Where to say what became of a child that broke.</param>
    /// <param name="isInterrupt">Whether the signal that cancels was the one of Ctrl-C.</param>
    /// <param name="childOf">How the child that runs a line is started.</param>
    /// <param name="interrupted">Cancelled by a signal.</param>
    internal static async Task<int?> RunAsync(string[] args, TextWriter error, Func<bool> isInterrupt, Func<string[], ProcessStartInfo> childOf, CancellationToken interrupted)
    {
        if (Environment.GetEnvironmentVariable(Variable) is not null || args.TakeWhile(arg => arg != "--").FirstOrDefault(arg => !arg.StartsWith('-') && DumpHeap.IsDump(arg)) is not { } dump)
        {
            return null;
        }

        ProcessStartInfo start = childOf(args);
        start.Environment[Variable] = "1";
        using Process child = Process.Start(start)!;
        try
        {
            await child.WaitForExitAsync(interrupted);
        }
        catch (OperationCanceledException)
        {
            await EndAsync(child, isInterrupt());
        }

        if (child.ExitCode <= FirstSignalCode || child.ExitCode is ExitCode.Interrupted or ExitCode.Terminated)
        {
            return child.ExitCode;
        }

        string shown = Escaping.Show(dump);
        bool wasKilled = child.ExitCode == Killed;
        await error.WriteLineAsync(wasKilled
            ? $"limpet: Reading {shown} was ended by the system (signal 9), which is what it does when memory runs out. Read it on a larger machine."
            : $"limpet: Cannot read {shown}: it was altered: the debugging library of its runtime broke on it (signal {child.ExitCode - FirstSignalCode}). Write the dump again: createdump --withheap -f FILE PID");
        return wasKilled ? ExitCode.Refused : ExitCode.BadInput;
    }

    /// <summary>The same program with the same line.</summary>
    private static ProcessStartInfo Itself(string[] args)
    {
        string program = Environment.ProcessPath!;
        bool isHost = Path.GetFileNameWithoutExtension(program) == "dotnet";
        return new ProcessStartInfo(program, isHost ? [Assembly.GetExecutingAssembly().Location, .. args] : args);
    }

    /// <summary>A terminal sends Ctrl-C to both; from elsewhere a signal reaches this process only, and is passed on.</summary>
    private static async Task EndAsync(Process child, bool isInterrupt)
    {
        using CancellationTokenSource notice = new(OwnNotice);
        try
        {
            if (isInterrupt)
            {
                await child.WaitForExitAsync(notice.Token);
                return;
            }
        }
        catch (OperationCanceledException)
        {
            // It did not get the signal itself.
        }

        _ = Signal(child.Id, isInterrupt ? InterruptSignal : TerminateSignal);
        await child.WaitForExitAsync(CancellationToken.None);
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Signal(int pid, int signal);
}
