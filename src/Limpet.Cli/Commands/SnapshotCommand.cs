using System.CommandLine;
using Limpet.Capture.Files;
using Limpet.Cli.Hunting;
using Limpet.Heap;
using Limpet.Reporting.Text;
using Limpet.Results;
using Limpet.Text;

namespace Limpet.Cli.Commands;

/// <summary><c>limpet snapshot PID -o FILE</c>: a heap into a file.</summary>
internal static class SnapshotCommand
{
    private const string Description = """
        Captures the heap of a running .NET process into a file, stopping it as shortly as possible.

        Examples:
          limpet snapshot 4242 -o shop.limpet
          limpet snapshot 4242 -o shop.limpet --max-stall 500ms --json shop.json
          limpet snapshot 4242 -o shop.limpet --with-strings
        """;

    public static Command Create()
    {
        Argument<string> pid = new("PID") { Description = "The process; limpet ps lists them" };
        Option<string> file = new("--output", "-o") { HelpName = "FILE", Description = "The file to write, only for your eyes (0600)", Required = true };
        WithStringsOption withStrings = new();
        Command command = new("snapshot", Description) { pid, file, withStrings.Option };
        CaptureOptions capture = new(command);
        CommonOptions common = new(command);
        command.SetAction((line, cancellation) => Task.FromResult(
            Run(PidText.Read(line.GetValue(pid)!), line.GetValue(file)!, capture.Read(line) with { Strings = withStrings.Read(line) }, common.Read(line), cancellation)));
        return command;
    }

    private static int Run(int pid, string file, CaptureRequest capture, CommandOutput output, CancellationToken cancellation)
    {
        string path = PrivateFile.Check(file);
        output.CheckJson();
        using ProcessHeap heap = ProcessHeap.Capture(pid, capture, needed => RequireRoom(file, path, needed), output, cancellation);
        HeapGraph graph = heap.Graph;

        // The disk and the count need different cores; the graph must outlive both.
        Task<HeapSummary> counting = Task.Run(() => HeapFigures.Of(graph, file, cancellation), CancellationToken.None);
        try
        {
            ByteSize size = HeapFile.Write(path, graph, heap.Metadata, heap.Code, cancellation);
            output.Detail($"wrote {size}");
        }
        finally
        {
            ((IAsyncResult)counting).AsyncWaitHandle.WaitOne();
        }

        HeapSummary figures = counting.GetAwaiter().GetResult();
        SnapshotResult result = new()
        {
            StartedAt = output.StartedAt,
            DurationSeconds = output.Elapsed.TotalSeconds,
            Target = new TargetInfo(heap.Metadata.Pid, heap.Metadata.CommandLine, heap.Metadata.RuntimeName),
            Heap = figures,
            Timings = heap.Timings with { Total = output.Elapsed },
            Way = heap.Way,
            Warnings = heap.Metadata.Warnings,
            BlindSpots = heap.BlindSpots,
        };
        string shown = Escaping.Show(file);
        output.Show(result, output.Quiet ? shown + "\n" : $"{SnapshotText.Write(result)}next: limpet why {ShellWords.Quote(shown)} TYPE\n");
        return ExitCode.NoLeak;
    }

    /// <summary>The file is a little smaller than the graph in memory, and the names come on top.</summary>
    private static void RequireRoom(string file, string path, ByteSize graph)
    {
        const long Names = 4 << 20;
        ByteSize needed = new(graph.Bytes + Names);
        ByteSize free = new(new DriveInfo(Path.GetDirectoryName(path)!).AvailableFreeSpace);
        if (needed > free)
        {
            throw new LimpetException(
                Trouble.Refused,
                $"Refused: {Escaping.Show(file)} would take about {needed}, and the disk has {free} free. The process was not stopped. Make room or choose another folder.");
        }
    }
}
