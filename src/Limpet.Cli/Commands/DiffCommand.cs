using System.Collections.Immutable;
using System.CommandLine;
using Limpet.Cli.Hunting;
using Limpet.Heap.Growth;
using Limpet.Heap.Inspection;
using Limpet.Heap.Paths;
using Limpet.Reporting.Text;
using Limpet.Results;
using Limpet.Text;

namespace Limpet.Cli.Commands;

/// <summary><c>limpet diff A B [C…]</c>: what grew between heaps.</summary>
internal static class DiffCommand
{
    private const string Description = """
        Says what grew between heaps, by type and by the way that holds it. Of three or more: what came between the first and the
        second and is still there in all later ones.

        Examples:
          limpet diff before.limpet after.limpet
          limpet diff before.limpet 4242 --type Shop. --sort count
          limpet diff idle.limpet busy.limpet idle-again.limpet --json -
        """;

    public static Command Create()
    {
        Argument<string[]> sources = new("SOURCE") { Description = "Process ids, .limpet or .gcdump files, or core dumps, in the order of time", Arity = new ArgumentArity(2, 100) };
        Option<string> type = new("--type") { HelpName = "TEXT", Description = "Only types and ends of paths with TEXT in their names" };
        Option<string> sort = new("--sort") { HelpName = "bytes|count", Description = "What changes are sorted by", DefaultValueFactory = _ => "bytes" };
        TopOption top = new("Lines of each list");
        Command command = new("diff", Description) { sources, type, sort, top.Option };
        CaptureOptions capture = new(command);
        CommonOptions common = new(command);
        command.SetAction((line, cancellation) =>
        {
            TypeOrder order = SortWord.Read(line.GetValue(sort)!, "bytes", "count");
            InspectionOptions options = new() { Type = line.GetValue(type), Sort = order, Top = top.Read(line) };
            return Task.FromResult(Run(line.GetValue(sources)!, options, capture.Read(line), common.Read(line), cancellation));
        });
        return command;
    }

    private static int Run(string[] sources, InspectionOptions options, CaptureRequest capture, CommandOutput output, CancellationToken cancellation)
    {
        output.CheckJson();
        capture.RequireProcess(sources);
        List<HeapCensus> heaps = [];
        List<ComparedHeap> compared = [];
        List<string> warnings = [];
        List<string> blindSpots = [];
        TargetInfo? target = null;
        foreach (string source in sources)
        {
            using HeapSource heap = HeapSource.Open(source, capture, output, cancellation);
            HeapCensus census = HeapCensus.Take(heap.Graph, cancellation);
            target = heap.Target;
            heaps.Add(census);
            compared.Add(new ComparedHeap(source, census.Objects, new ByteSize(census.Bytes), heap.Graph.IncompleteReason) { Way = heap.Way });
            warnings.AddRange(heap.Warnings.Where(warning => !warnings.Contains(warning)));
            blindSpots.AddRange(heap.BlindSpots.Where(spot => !blindSpots.Contains(spot)));
        }

        if (compared.Exists(heap => heap.Way == CaptureWay.EventPipe) && compared.Exists(heap => heap.Way != CaptureWay.EventPipe))
        {
            warnings.Add("one of the heaps came by events, which name no members, and another one did not: types compare, and paths do not");
        }

        HeapDiff diff = HeapDiff.Of(heaps);
        ImmutableArray<TypeDelta> types = Choose(diff.Types, options, type => type.Type, type => type.Delta);
        ImmutableArray<PathDelta> paths = Choose(diff.Paths, options, path => path.Type, path => path.Delta);
        ContentDelta[] contents = [.. diff.Contents.Where(content => options.Type is null || content.Type.Contains(options.Type, StringComparison.OrdinalIgnoreCase))];
        DiffResult result = new()
        {
            StartedAt = output.StartedAt,
            DurationSeconds = output.Elapsed.TotalSeconds,
            Target = target,
            Warnings = [.. warnings],
            BlindSpots = [.. blindSpots],
            Heaps = [.. compared],
            Containers = [.. diff.Containers.Take(options.Top)],
            OmittedContainers = Math.Max(0, diff.Containers.Length - options.Top),
            Contents = [.. contents.Take(options.Top)],
            OmittedContents = Math.Max(0, contents.Length - options.Top),
            Types = [.. types.Take(options.Top)],
            OmittedTypes = Math.Max(0, types.Length - options.Top),
            Paths = [.. paths.Take(options.Top)],
            OmittedPaths = Math.Max(0, paths.Length - options.Top),
        };
        output.Show(result, DiffText.Write(result) + (output.Quiet ? "" : NextCommand(result, sources[^1])));
        return ExitCode.NoLeak;
    }

    private static ImmutableArray<T> Choose<T>(ImmutableArray<T> changes, InspectionOptions options, Func<T, string> typeOf, Func<T, Delta> deltaOf)
    {
        var chosen = changes.Where(change => options.Type is null || typeOf(change).Contains(options.Type, StringComparison.OrdinalIgnoreCase));
        return [.. options.Sort == TypeOrder.Count ? chosen.OrderByDescending(change => deltaOf(change).CountDelta) : chosen];
    }

    private static string NextCommand(DiffResult result, string source) => (result.Containers.FirstOrDefault()?.Subject ?? result.Contents.FirstOrDefault()?.Type ?? result.Types.FirstOrDefault()?.Type) is { } subject
        ? $"next: limpet why {ShellWords.Quote(Escaping.Show(source))} {ShellWords.Quote(Escaping.Show(subject))}\n"
        : "next: limpet hunt --help   (whether it grows with use)\n";
}
