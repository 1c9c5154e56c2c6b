using System.Collections.Immutable;
using System.CommandLine;
using Limpet.Capture;
using Limpet.Cli.Hunting;
using Limpet.Heap.Inspection;
using Limpet.Heap.Strings;
using Limpet.Reporting.Text;
using Limpet.Results;
using Limpet.Text;

namespace Limpet.Cli.Commands;

/// <summary><c>limpet inspect SOURCE</c>: what fills a heap.</summary>
internal static class InspectCommand
{
    private const string Description = """
        Says what fills a heap: types by count, size and retained size, places that hold much, roots, cycles, what waits.

        Examples:
          limpet inspect shop.limpet
          limpet inspect 4242 --sort count --top 50
          limpet inspect shop.limpet --type Shop. --json -
          limpet inspect 4242 --memory
          limpet inspect 4242 --with-strings
        """;

    public static Command Create()
    {
        Argument<string> source = new("SOURCE") { Description = "A process id, a .limpet or .gcdump file, or a core dump" };
        Option<string> type = new("--type") { HelpName = "TEXT", Description = "Only types with TEXT in their names" };
        Option<string> sort = new("--sort") { HelpName = "retained|bytes|count", Description = "What types are sorted by", DefaultValueFactory = _ => "retained" };
        Option<bool> memory = new("--memory") { Description = "Where the resident memory of a process went, inside and outside of the heap: a table that adds up" };
        WithStringsOption withStrings = new();
        TopOption top = new("Lines of each list");
        Command command = new("inspect", Description) { source, type, sort, top.Option, memory, withStrings.Option };
        CaptureOptions capture = new(command);
        CommonOptions common = new(command);
        command.SetAction((line, cancellation) =>
        {
            InspectionOptions options = new() { Type = line.GetValue(type), Sort = SortWord.Read(line.GetValue(sort)!, "retained", "bytes", "count"), Top = top.Read(line) };
            return Task.FromResult(Run(line.GetValue(source)!, options, line.GetValue(memory), capture.Read(line) with { Strings = withStrings.Read(line) }, common.Read(line), cancellation));
        });
        return command;
    }

    private static int Run(string source, InspectionOptions options, bool memory, CaptureRequest capture, CommandOutput output, CancellationToken cancellation)
    {
        output.CheckJson();
        capture.RequireProcess(source);
        using HeapSource heap = memory ? HeapSource.OpenWithMemory(source, capture, output, cancellation) : HeapSource.Open(source, capture, output, cancellation);
        HeapContents contents = HeapInspector.Inspect(heap.Graph, heap.Code, options, cancellation);
        output.Detail("inspected");
        string? incomplete = heap.Graph.IncompleteReason;
        InspectResult result = new()
        {
            StartedAt = output.StartedAt,
            DurationSeconds = output.Elapsed.TotalSeconds,
            Target = heap.Target,
            Environment = heap.Environment,
            Heap = new HeapSummary
            {
                Objects = contents.Objects,
                Bytes = contents.Bytes,
                References = contents.References,
                Roots = heap.Graph.Roots.Length,
                Complete = incomplete is null,
                IncompleteReason = incomplete,
                File = PidText.LooksLike(source) ? null : source,
            },
            Warnings = heap.Warnings,
            Contents = contents,
            Memory = heap.Memory,
            BlindSpots = [.. StringBlindSpots(heap.Graph.Strings, heap.Way, capture.Strings), .. heap.BlindSpots],
        };
        string text = heap.Memory is null ? InspectText.Write(result, options.Type is not null) : MemoryText.Write(result);
        output.Show(result, text + (output.Quiet ? "" : NextCommand(contents, source, options.Type is not null)));
        return ExitCode.NoLeak;
    }

    private static ImmutableArray<string> StringBlindSpots(HeapStrings? held, CaptureWay? way, StringReading wanted) =>
        held is null && way == CaptureWay.EventPipe ? ["duplicate strings: the events of a heap hold neither texts of strings nor hashes of them. limpet inspect reads hashes where the process may be traced, and from a core dump of it"]
        : held is null && way == CaptureWay.PortableDump ? ["duplicate strings: neither texts of strings nor hashes of them were read of the dump"]
        : held is null ? ["duplicate strings: this source holds neither texts of strings nor hashes of them. limpet snapshot and limpet inspect of a process or a core dump read hashes"]
        : held.Texts is null && wanted == StringReading.Texts ? ["texts of strings: they were not kept when this file was written. Capture again: limpet snapshot PID -o FILE --with-strings"]
        : [];

    /// <summary>What many objects share is asked for first: it is the likelier leak, and has a way that tells more.</summary>
    private static string NextCommand(HeapContents contents, string source, bool typesOnly)
    {
        HeapSuspect? suspect = typesOnly ? null : contents.Suspects.Where(suspect => suspect.Leaking != LeakingStatus.No).OrderByDescending(suspect => suspect.Kind).FirstOrDefault();
        string subject = suspect?.Subject ?? contents.Types.FirstOrDefault()?.Type ?? "TYPE";
        return $"next: limpet why {ShellWords.Quote(Escaping.Show(source))} {ShellWords.Quote(Escaping.Show(subject))}\n";
    }
}
