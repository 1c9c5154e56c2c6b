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

    /// <summary>The name of what grows.</summary>
    public static string SubjectOf(ContentSeries content) => $"{(content.IsElements ? "elements" : "bytes")} of {SourceNames.Type(content.Path.Type)}";

    /// <param name="isBesideObjects">Whether objects leak as well. Then collections of references that fill are taken to hold those by another way, and what the runtime keeps to go with them.</param>
    public IEnumerable<Finding> All(bool isBesideObjects) => evidence.Run.Contents.Deciding
        .Where(content => content.Judgement.Grows && (!isBesideObjects || IsUsersOwn(content.Series)))
        .OrderBy(content => content.Series.Id)
        .Select(content => Of(content.Series, content.Judgement));

    private bool IsUsersOwn(ContentSeries content) =>
        GrowthContainer.Above(evidence.Run.Growth.StepsTo(content.Id)).IsUsers && (!content.IsElements || traces.HoldsNumbers(content));

    private Finding Of(ContentSeries content, Judgement judgement)
    {
        ulong id = content.Id;
        double bytes = Bytes(id, ^1), growth = bytes - Bytes(id, evidence.From);
        double rate = Rates.Of(judgement), bytesRate = evidence.Rate(growth, judgement);
        string per = judgement.Shape == GrowthShape.GrowingWithTime ? "second" : "operation";
        ExplainedTrace? trace = traces.OfContent(content, string.Create(CultureInfo.InvariantCulture, $"{(content.IsElements ? $"{rate:0.##} {(rate == 1 ? "element" : "elements")}" : $"{rate:0} B")} more per {per}"));
        return new Finding
        {
            Kind = FindingKind.UnboundedGrowth,
            Subject = SubjectOf(content),
            Signature = trace?.Signature ?? "content:" + id.ToString("x16", CultureInfo.InvariantCulture),
            Holder = trace?.Trace,
            Hint = trace?.Hint,
            Source = trace?.Source,
            Retained = new Amount(content.IsElements ? content.Values[^1] : null, content.IsElements ? bytes : content.Values[^1]),
            Course = Courses.Of(content.Values),
            Dose = judgement.Dose,
            SeenUpToOperations = judgement.SeenUpToOperations,
            Confidence = judgement.Reason,
        }.WithRate(judgement, content.IsElements ? new Amount(rate, bytesRate) : new Amount(null, rate));
    }

    private double Bytes(ulong id, Index round) => evidence.Run.Growth.SubtreeBytesOf(id)[round];
}
