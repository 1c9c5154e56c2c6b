using System.Collections.Immutable;
using System.Text.Json;
using Limpet.Results;

namespace Limpet.Tool;

/// <summary>How the tool read this process, and what that does not show.</summary>
/// <param name="Way">The way.</param>
/// <param name="Refusals">Why better ways were refused.</param>
/// <param name="BlindSpots">What the way does not show.</param>
internal sealed record TraceOrigin(CaptureWay Way, ImmutableArray<string> Refusals, ImmutableArray<string> BlindSpots)
{
    /// <summary>Where nothing was read, or the memory was.</summary>
    public static TraceOrigin Memory { get; } = new(CaptureWay.Live, [], []);

    /// <summary>For a report: the way and why it was taken, in sentences; null for the best one.</summary>
    public string? Sentence => Way switch
    {
        CaptureWay.Dump => string.Join(' ', ["a dump that the runtime of this process wrote, read and deleted.", .. Refusals]),
        CaptureWay.EventPipe => string.Join(' ', ["the events by which the runtime of this process told of its heap. They know types and no single objects: what holds the objects of the type is told, be they these or others.", .. Refusals]),
        _ => null,
    };

    /// <summary>Reads it from an answer.</summary>
    public static TraceOrigin Read(JsonElement answer) => answer.TryGetProperty("way", out JsonElement way)
        ? new TraceOrigin(CaptureWays.TryRead(way.GetString()) ?? CaptureWay.Live, Texts(answer, "refusals"), Texts(answer, "blindSpots"))
        : Memory;

    private static ImmutableArray<string> Texts(JsonElement answer, string name) => [.. answer.GetProperty(name).EnumerateArray().Select(text => text.GetString()!)];
}
