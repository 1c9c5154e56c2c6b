using System.CommandLine;
using Limpet.Capture;
using Limpet.Capture.Files;
using Limpet.Capture.GcDumps;
using Limpet.Capture.HeapSnapshots;
using Limpet.Cli.Hunting;
using Limpet.Reporting.Text;
using Limpet.Results;
using Limpet.Text;

namespace Limpet.Cli.Commands;

/// <summary><c>limpet convert SOURCE -o FILE</c>: a heap into the file of another tool.</summary>
internal static class ConvertCommand
{
    private const string Description = """
        Writes a heap as the file of another tool, or of limpet; the end of the name says which.

        Examples:
          limpet convert core.4242 -o shop.limpet
          limpet convert shop.limpet -o shop.heapsnapshot
          limpet convert 4242 -o shop.gcdump
        """;

    private static readonly string[] Extensions = [HeapFile.Extension, GcDumpFile.Extension, HeapSnapshotFile.Extension];

    public static Command Create()
    {
        Argument<string> source = new("SOURCE") { Description = "A process id, a .limpet or .gcdump file, or a core dump" };
        Option<string> file = new("--output", "-o") { HelpName = "FILE", Description = "The file to write: .limpet, .gcdump or .heapsnapshot", Required = true };
        Command command = new("convert", Description) { source, file };
        CaptureOptions capture = new(command);
        CommonOptions common = new(command);
        command.SetAction((line, cancellation) => Task.FromResult(
            Run(line.GetValue(source)!, line.GetValue(file)!, capture.Read(line), common.Read(line), cancellation)));
        return command;
    }

    private static int Run(string source, string file, CaptureRequest capture, CommandOutput output, CancellationToken cancellation)
    {
        string shown = Escaping.Show(file);
        string extension = Extensions.FirstOrDefault(end => file.EndsWith(end, StringComparison.OrdinalIgnoreCase))
            ?? throw new LimpetException($"Cannot tell which format {shown} is to have. Let its name end in {string.Join(", ", Extensions[..^1])} or {Extensions[^1]}.");
        string path = PrivateFile.Check(file);
        output.CheckJson();
        capture.RequireProcess(source);
        using HeapSource heap = HeapSource.Open(source, capture with { Strings = extension == HeapFile.Extension ? StringReading.Hashes : StringReading.None }, output, cancellation);
        ByteSize size = extension switch
        {
            GcDumpFile.Extension => GcDumpFile.Write(path, heap.Graph, heap.Metadata, cancellation),
            HeapSnapshotFile.Extension => HeapSnapshotFile.Write(path, heap.Graph, cancellation),
            _ => HeapFile.Write(path, heap.Graph, heap.Metadata, heap.Code, cancellation),
        };
        output.Detail($"wrote {size}");
        ConvertResult result = new()
        {
            StartedAt = output.StartedAt,
            Target = heap.Target,
            Environment = heap.Environment,
            Warnings = heap.Warnings,
            BlindSpots = heap.BlindSpots,
            Heap = HeapFigures.Of(heap.Graph, file, cancellation),
            Format = extension[1..],
            FileSize = size,
            DurationSeconds = output.Elapsed.TotalSeconds,
        };
        output.Show(result, output.Quiet ? shown + "\n" : ConvertText.Write(result) + Next(extension, shown));
        return ExitCode.NoLeak;
    }

    private static string Next(string extension, string shown) => extension == HeapSnapshotFile.Extension
        ? "next: open it in the Memory panel of a browser's developer tools, or with memlab\n"
        : $"next: limpet why {ShellWords.Quote(shown)} TYPE\n";
}
