using System.Collections.Immutable;
using System.CommandLine;
using Limpet.Cli.Hunting;
using Limpet.Heap.Paths;
using Limpet.Reporting.Text;
using Limpet.Results;
using Limpet.Text;

namespace Limpet.Cli.Commands;

/// <summary><c>limpet why SOURCE TYPE|ADDRESS</c>: what holds objects.</summary>
internal static class WhyCommand
{
    private const int DefaultShapes = 5;
    private const int MostShapes = 1000;

    private const string Description = """
        Says what holds the objects of a type, or one object: the ways from the roots to them, merged by shape.

        Examples:
          limpet why shop.limpet Shop.OrderView
          limpet why shop.limpet OrderView --top 20
          limpet why shop.limpet 0x7f12a4001020
          limpet why 4242 Shop.OrderView --json -
          limpet why core.4242 Shop.OrderView
        """;

    public static Command Create()
    {
        Argument<string> source = new("SOURCE") { Description = "A process id, a .limpet or .gcdump file, or a core dump" };
        Argument<string> what = new("TYPE|ADDRESS") { Description = "Name of a type or the end of it, or an address as 0x7f…" };
        TopOption top = new("Shapes to show", DefaultShapes, MostShapes);
        Command command = new("why", Description) { source, what, top.Option };
        CaptureOptions capture = new(command);
        CommonOptions common = new(command);
        command.SetAction((line, cancellation) => Task.FromResult(
            Run(line.GetValue(source)!, line.GetValue(what)!, top.Read(line), capture.Read(line), common.Read(line), cancellation)));
        return command;
    }

    private static string NextCommand(WhyResult result, string source, string what, int shapes) => result.OmittedShapes > 0
        ? FormattableString.Invariant($"next: limpet why {Quote(source)} {Quote(what)} --top {Math.Min(MostShapes, shapes + result.OmittedShapes)}\n")
        : "next: limpet hunt --help   (whether it grows with use)\n";

    private static string Quote(string word) => ShellWords.Quote(Escaping.Show(word));

    private static int Run(string source, string what, int shapes, CaptureRequest capture, CommandOutput output, CancellationToken cancellation)
    {
        output.CheckJson();
        capture.RequireProcess(source);
        using HeapSource heap = HeapSource.Open(source, capture, output, cancellation);
        using RetentionQuery query = RetentionQuery.Open(heap.Graph, heap.Code, cancellation);
        output.Detail("found the ways to all objects");
        RetentionAnswer answer = query.Ask(what, shapes, cancellation);
        WhyResult result = new()
        {
            StartedAt = output.StartedAt,
            DurationSeconds = output.Elapsed.TotalSeconds,
            Target = heap.Target,
            Environment = heap.Environment,
            Warnings = [.. heap.Graph.IncompleteReason is { } reason ? [$"the heap is not complete: {reason}"] : ImmutableArray<string>.Empty, .. heap.Warnings],
            BlindSpots = heap.BlindSpots,
            Matches = new WhyMatches { Type = answer.Type, Address = answer.Address, Count = answer.Count, RootedCount = answer.RootedCount, Garbage = [.. answer.Garbage.Select(entry => new NamedTally(entry.Generation.ToString(), entry.Count))], Weak = answer.Weak },
            Traces = [.. answer.Traces.Select(group => new WhyTrace(group.Count, new ByteSize(group.Retained.Bytes), group.Trace.Trace)
            {
                Signature = group.Trace.Signature,
                Hint = group.Trace.Hint,
                Source = group.Trace.Source,
            })],
            OmittedShapes = answer.OmittedShapes,
        };
        output.Show(result, WhyText.Write(result) + (output.Quiet ? "" : NextCommand(result, source, what, shapes)));
        return ExitCode.NoLeak;
    }
}
