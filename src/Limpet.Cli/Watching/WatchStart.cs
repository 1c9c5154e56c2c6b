using System.Diagnostics;
using Limpet.Capture.Children;
using Limpet.Cli.Watching.Marks;
using Limpet.Cli.Watching.Options;
using Limpet.Cli.Watching.Tree;
using Limpet.Resources;
using Limpet.Results;

namespace Limpet.Cli.Watching;

/// <summary>Starts the command that is to be watched, or finds the process.</summary>
internal static class WatchStart
{
    /// <summary>A run that can begin at once.</summary>
    /// <exception cref="LimpetException">The command cannot be started, there is no such process, or the file for marks cannot be opened.</exception>
    public static WatchRun Of(WatchOptions options, IWatchView view)
    {
        if (options.Pid is { } pid && ProcessReaders.Tree.Find(pid) is not { Ended: false })
        {
            throw new LimpetException($"There is no process {pid}. `limpet ps` lists the .NET processes, `ps -e` all of them.");
        }

        MarkFile? file = options.MarkFile is { } path ? MarkFile.Open(path) : null;
        try
        {
            return options.Pid is { } one ? Attach(options, view, one, file) : Command(options, view, file);
        }
        catch
        {
            file?.Dispose();
            throw;
        }
    }

    private static WatchRun Attach(WatchOptions options, IWatchView view, int pid, MarkFile? file)
    {
        WatchRun run = new(options, view, null, pid, file);
        if (options.WantsMarks)
        {
            ProcessUrgency.RaiseAll();
        }

        return run;
    }

    private static WatchRun Command(WatchOptions options, IWatchView view, MarkFile? file)
    {
        Adoption.Begin();
        Dictionary<string, string> environment = options.Mark is null ? [] : new(options.Mark.Environment);
        if (file is not null)
        {
            environment["LIMPET_MARK_FILE"] = file.Path;
        }

        ChildStreams streams = options.Mark is null ? (options.Json == "-" ? ChildStreams.OutputToError : ChildStreams.Inherited)
            : OwnOutput.AreOne || options.Json == "-" ? ChildStreams.ReadAsOne
            : ChildStreams.Read;
        WarmUp(options);
        ForegroundChild Start() => ForegroundChild.Start(options.Command, streams, environment, OpenFilesLimit.OfCaller());
        ForegroundChild child = options.WantsMarks ? ProcessUrgency.RaiseAround(Start) : Start();
        return new WatchRun(options, view, child, child.Id, file);
    }

    /// <summary>Has the way of a mark compiled before it matters: a reading must not wait for that.</summary>
    private static void WarmUp(WatchOptions options)
    {
        using WatchTree self = new(Environment.ProcessId, isOwnChild: false);
        for (int i = 0; i < 4; i++)
        {
            self.Tick(again: i == 0, descriptors: true); // all ids of the machine once: there may be thousands
            self.TakeMark(new Mark(MarkKind.Begin, "warm"), Stopwatch.GetTimestamp(), () => false);
            self.TakeMark(new Mark(MarkKind.End, "warm"), Stopwatch.GetTimestamp(), () => false);
            self.TakeMark(new Mark(MarkKind.Close, ""), Stopwatch.GetTimestamp(), () => false);
        }

        if (options.Mark is { } pattern)
        {
            List<Mark> none = [];
            new MarkScanner(pattern).Scan("\u001b[1ma line that is no mark\u001b[0m\nand no other\n"u8, none);
        }
    }
}
