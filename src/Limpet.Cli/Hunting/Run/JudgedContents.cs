using System.Collections.Immutable;
using Limpet.Cli.Hunting.Findings;
using Limpet.Heap;
using Limpet.Heap.Growth;
using Limpet.Verdicts;

namespace Limpet.Cli.Hunting.Run;

/// <summary>
/// What changes inside objects: elements of collections, text and bytes in buffers, bytes of strings and of arrays. Each place either decides about the run, and is judged as every other series is, or says nothing of how
/// much is in it: an array that is replaced by a larger one goes in steps, and collections that come and go jump. Of the latter only the arrays are kept, to say so.
/// </summary>
internal sealed class JudgedContents
{
    /// <summary>Bytes of one place of the heap are exact: no other object is in them.</summary>
    private const double SmallestBytes = 4 * 1024;

    private const double SmallestBytesPerOperation = 4;

    /// <param name="places">The places, without those above objects that are counted: what grows there is told as these objects.</param>
    /// <param name="judge">Judges counts.</param>
    public JudgedContents(IEnumerable<ContentSeries> places, LogJudge judge)
    {
        LogJudge ofBytes = judge with { Options = judge.Options with { NoiseFloorBytes = SmallestBytes, BytesPerOperation = SmallestBytesPerOperation } };
        var deciding = ImmutableArray.CreateBuilder<JudgedContent>();
        var enlarged = ImmutableArray.CreateBuilder<ContentSeries>();
        foreach (ContentSeries place in places.Where(place => place is { IsElements: true, IsOfBuffer: false } ? judge.Matters(place.Compared) : place.Compared[^1] - place.Compared[judge.Log.Baseline] >= SmallestBytes))
        {
            LogJudge ofPlace = place.IsElements ? judge : ofBytes;
            Series series = new(ContentFindings.SubjectOf(place), place.IsElements ? MetricNature.Count : MetricNature.Bytes, place.Compared);
            if (IsCounted(place) || (!IsManyArrays(place) && GrowsAllTheTime(series, ofPlace)))
            {
                deciding.Add(new JudgedContent(place, ofPlace.Judge(series)));
            }
            else if (IsArray(place))
            {
                enlarged.Add(place);
            }
        }

        Deciding = deciding.DrainToImmutable();
        Enlarged = enlarged.DrainToImmutable();
    }

    /// <summary>What decides about the run.</summary>
    public ImmutableArray<JudgedContent> Deciding { get; }

    /// <summary>Arrays that got larger and decide nothing.</summary>
    public ImmutableArray<ContentSeries> Enlarged { get; }

    /// <summary>Collections that stay: each reading has their number.</summary>
    private static bool IsCounted(ContentSeries place) => place is { IsElements: true, HoldersStay: true, IsOfBuffer: false };

    /// <summary>Many arrays on one path that are enlarged one after the other add up to a line, and say no more of what is in them than one.</summary>
    private static bool IsManyArrays(ContentSeries place) => IsArray(place) && place.Path.Count != 1;

    private static bool IsArray(ContentSeries place) => (place.Path.Traits & TypeTraits.Array) != 0;

    /// <summary>Not only so far as one can tell: as if no more rounds came.</summary>
    private static bool GrowsAllTheTime(Series series, LogJudge judge) => (judge with { BudgetUsedUp = true }).Judge(series).Grows;
}
