using System.Collections.Concurrent;
using System.CommandLine;
using System.Runtime.InteropServices;
using Limpet.Capture.Children;
using Limpet.Cli.Hunting.Target;
using Limpet.Cli.Watching;
using Limpet.Cli.Watching.Judging;
using Limpet.Cli.Watching.Options;
using Limpet.Cli.Watching.Tree;
using Limpet.Reporting.Json;
using Limpet.Reporting.Text;
using Limpet.Results;
using Limpet.Text;

namespace Limpet.Cli.Commands;

/// <summary><c>limpet watch</c>: follows a process tree of any language.</summary>
internal static class WatchCommand
{
    public static Command Create(Interruption interruption)
    {
        WatchCommandLine watch = new();
        ReportOptions reports = new(watch.Command);
        watch.Command.SetAction(line =>
        {
            WatchOptions options = watch.Read(line);
            return Run(options, reports.Read(line), line, interruption);
        });
        return watch.Command;
    }

    private static int Run(WatchOptions options, ReportFiles reports, ParseResult line, Interruption interruption)
    {
        // The output of a command is its own: what limpet says goes beside it.
        bool isCommand = options.Pid is null;
        TextWriter text = isCommand ? line.InvocationConfiguration.Error : line.InvocationConfiguration.Output;
        CommandOutput output = new(text, line.InvocationConfiguration.Error) { Json = options.Json, Quiet = options.Quiet, Verbose = options.Verbose };
        output.CheckJson();
        if (isCommand)
        {
            CommandPath.Require(options.Command[0], null);
        }

        using IWatchView view = WatchView.Create(options, output);
        WatchRun? run = null;
        int signals = 0;
        ConcurrentQueue<PosixSignal> early = new();
        interruption.Listener = signal =>
        {
            // The command runs a moment before it is known here.
            early.Enqueue(signal);
            Deliver(Volatile.Read(ref run));
        };
        if (interruption.ExitCode is not null)
        {
            throw new OperationCanceledException(); // it came before there was anybody to pass it on to: then nothing is started
        }

        WatchTree tree;
        RunFacts facts;
        using (WatchRun started = WatchStart.Of(options, view))
        {
            Volatile.Write(ref run, started);
            Deliver(started);
            (tree, facts) = started.Run();
            view.Dispose();
        }

        interruption.Listener = null;
        WatchResult result = reports.Apply(new WatchJudge(options, tree, facts).Judge());
        bool colors = !options.NoColor && !(isCommand ? Console.IsErrorRedirected : Console.IsOutputRedirected) && Environment.GetEnvironmentVariable("NO_COLOR") is null or "";
        NextCommand next = NextWatchText.Of(options, result, facts, tree.Book.SourcesOverlap);
        if (options.Json == "-")
        {
            line.InvocationConfiguration.Output.Write(ResultJson.Write(result));
        }
        else
        {
            output.Show(result, options.Quiet ? $"{result.Verdict}: {Escaping.Show(result.Reason, 1000)}\n" : WatchText.Write(result, options.Verbose, colors) + next.Line);
        }

        reports.Write(result, next);

        return Code(options, facts, result, interruption);

        void Deliver(WatchRun? to)
        {
            while (to is not null && early.TryDequeue(out PosixSignal signal))
            {
                Interrupt(to, signal, Interlocked.Increment(ref signals));
            }
        }
    }

    private static int Code(WatchOptions options, RunFacts facts, WatchResult result, Interruption interruption)
    {
        if (options.PassExitCode && facts.ExitCode is { } own)
        {
            return own;
        }

        if (interruption.ExitCode is { } interrupted)
        {
            return interrupted;
        }

        int code = ExitCode.Of(result.Verdict, result.Budgets.Any(budget => budget.Broken));
        return code != ExitCode.Leak && facts.ExitCode is not (null or 0) ? ExitCode.TargetFailed : code;
    }

    /// <summary>
    /// A signal is the command's: limpet goes on watching how it ends. A Ctrl-C or Ctrl-\ at the terminal has reached it already. Whoever insists gets the report at once,
    /// and the command runs on.
    /// </summary>
    private static void Interrupt(WatchRun run, PosixSignal signal, int count)
    {
        const int Insisted = 3;
        if (run.Child is not { } child)
        {
            run.Stop();
            return;
        }

        run.NoteInterruption();
        bool reached = signal is PosixSignal.SIGINT or PosixSignal.SIGQUIT && ControllingTerminal.IsOurs;
        if (!reached)
        {
            child.Signal(signal switch { PosixSignal.SIGINT => 2, PosixSignal.SIGQUIT => 3, PosixSignal.SIGHUP => 1, _ => 15 });
        }

        if (count >= (reached ? Insisted : 2))
        {
            run.Stop();
        }
        else if (!reached)
        {
            run.StopWithin(TimeSpan.FromSeconds(10));
        }
    }
}
