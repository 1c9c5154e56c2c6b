using System.Collections.Immutable;
using System.Globalization;
using Limpet.Heap.Growth;
using Limpet.Heap.Holders;
using Limpet.Heap.Paths;
using Limpet.Results;
using Limpet.Verdicts;

namespace Limpet.Cli.Hunting.Findings;

/// <summary>Makes findings of what grows while no type has more objects: collections of numbers and structs, strings and arrays that get longer.</summary>
internal sealed class ContentFindings(HuntEvidence evidence)
{
    private readonly LeakTraces traces = new(evidence);

    /// <param name="groups">The leaks of objects. A collection of references that fills beside them is taken to hold those by another way.</param>
    public IEnumerable<Finding> Beside(ImmutableArray<GrowthGroup> groups) => evidence.Run.Contents.Values
        .Where(content => content.Judgement.Grows && (groups.IsEmpty || !traces.HoldsReferences(content.Series)))
        .OrderBy(content => content.Series.Id)
        .Select(content => Of(content.Series, content.Judgement));

    private Finding Of(ContentSeries content, Judgement judgement)
    {
        ulong id = content.Id;
        double bytes = Bytes(id, ^1), growth = bytes - Bytes(id, evidence.From);
        double rate = Rates.Of(judgement), bytesRate = evidence.Rate(growth, judgement);
        ExplainedTrace? trace = traces.OfContent(content, content.IsElements ? Rates.Text(judgement) : $"{Size(rate)} more per {(judgement.Shape == GrowthShape.GrowingWithTime ? "second" : "operation")}");
        string type = SourceNames.Type(content.Path.Type);
        return new Finding
        {
            Kind = FindingKind.UnboundedGrowth,
            Subject = content.IsElements ? $"elements of {type}" : $"bytes of {type}",
            Signature = trace?.Signature ?? "content:" + id.ToString("x16", CultureInfo.InvariantCulture),
            Holder = trace?.Trace,
            Hint = trace?.Hint,
            Source = trace?.Source,
            Retained = new Amount(content.IsElements ? content.Values[^1] : null, bytes),
            Course = Courses.Of(content.Values),
            Dose = judgement.Dose,
            SeenUpToOperations = judgement.SeenUpToOperations,
            Confidence = judgement.Reason,
        }.WithRate(judgement, content.IsElements ? new Amount(rate, bytesRate) : new Amount(null, rate));
    }

    private double Bytes(ulong id, Index round) => evidence.Run.Growth.SubtreeBytesOf(id)[round];

    private static string Size(double bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes:0} B");
}
