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
    public static string SubjectOf(ContentSeries content) => $"{PartsOf(content)} of {SourceNames.Type(content.Path.Type)}";

    private static string PartsOf(ContentSeries content) => !content.IsElements ? "bytes" : content.Path.Type switch
    {
        "System.Text.StringBuilder" => "characters",
        "System.IO.MemoryStream" => "bytes",
        _ => "elements",
    };

    /// <param name="isBesideObjects">Whether objects leak as well. Then collections of references that fill are taken to hold those by another way, and what the runtime keeps to go with them.</param>
    public IEnumerable<Finding> All(bool isBesideObjects) => evidence.Run.Contents.Deciding
        .Where(content => content.Judgement.Grows && (!isBesideObjects || (IsUsersOwn(content.Series) && IsNotOfObjects(content.Series))))
        .OrderBy(content => content.Series.Id)
        .Select(content => Of(content.Series, content.Judgement));

    /// <summary>What filled and stopped, of the user's own only: every runtime fills caches.</summary>
    public IEnumerable<Finding> Bounded() => evidence.Run.Contents.Deciding
        .Where(content => content.Judgement.Shape == GrowthShape.Bounded && IsUsersOwn(content.Series))
        .OrderBy(content => content.Series.Id)
        .Select(content => OfBounded(content.Series, content.Judgement));

    private bool IsUsersOwn(ContentSeries content) =>
        GrowthContainer.Above(evidence.Run.Growth.StepsTo(content.Id)).IsUsers;

    private bool IsNotOfObjects(ContentSeries content) => !content.IsElements || traces.HoldsNumbers(content);

    private Finding Of(ContentSeries content, Judgement judgement)
    {
        ulong id = content.Id;
        double bytes = Bytes(id, ^1), growth = bytes - Bytes(id, evidence.From);
        double rate = Rates.Of(judgement), bytesRate = evidence.Rate(growth, judgement);
        string per = judgement.Shape == GrowthShape.GrowingWithTime ? "second" : "operation";
        string more = string.Create(CultureInfo.InvariantCulture, $"{(content.IsElements ? $"{rate:0.##} {(rate == 1 ? PartsOf(content)[..^1] : PartsOf(content))}" : $"{rate:0} B")} more per {per}");
        ExplainedTrace? trace = traces.OfContent(content, new TraceStatus(LeakingStatus.Yes, more));
        return new Finding
        {
            Kind = FindingKind.UnboundedGrowth,
            Subject = SubjectOf(content),
            Signature = Signature(trace, id),
            Holder = trace?.Trace,
            Hint = trace?.Hint,
            Source = trace?.Source,
            Retained = Retained(content, bytes),
            Course = Courses.Of(content.Values),
            Dose = judgement.Dose,
            SeenUpToOperations = judgement.SeenUpToOperations,
            Confidence = judgement.Reason,
        }.WithRate(judgement, content.IsElements ? new Amount(rate, bytesRate) : new Amount(null, rate));
    }

    private Finding OfBounded(ContentSeries content, Judgement judgement)
    {
        ExplainedTrace? trace = traces.OfContent(content, new TraceStatus(LeakingStatus.No, judgement.Reason.TrimEnd('.')));
        string bound = RetentionBounds.Describe(content.Values, evidence.Log.History.Rounds);
        return new Finding
        {
            Kind = FindingKind.BoundedRetention,
            Subject = SubjectOf(content),
            Signature = Signature(trace, content.Id),
            Holder = trace?.Trace,
            Retained = Retained(content, Bytes(content.Id, ^1)),
            Course = Courses.Of(content.Values),
            SeenUpToOperations = judgement.SeenUpToOperations,
            Confidence = bound.Length == 0 ? judgement.Reason : $"{judgement.Reason.TrimEnd('.')}; {bound}.",
        };
    }

    private static string Signature(ExplainedTrace? trace, ulong id) => trace?.Signature ?? "content:" + id.ToString("x16", CultureInfo.InvariantCulture);

    private static Amount Retained(ContentSeries content, double bytes) => new(content.IsElements ? content.Values[^1] : null, content.IsElements ? bytes : content.Values[^1]);

    private double Bytes(ulong id, Index round) => evidence.Run.Growth.SubtreeBytesOf(id)[round];
}
