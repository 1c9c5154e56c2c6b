using System.Collections.Immutable;
using System.Text.Json;
using Limpet.Cli.Commands;
using Limpet.Heap;
using Limpet.Heap.Code;
using Limpet.Reporting.Json;
using Limpet.Results;

namespace Limpet.Cli.Tracing;

/// <summary>A heap that a test asks about, read by the first way that the system allows.</summary>
/// <param name="Graph">The heap.</param>
/// <param name="Code">The code of the process.</param>
/// <param name="Way">The way.</param>
/// <param name="owner">What is disposed with it.</param>
internal sealed record TracedSource(HeapGraph Graph, ICodeFacts Code, CaptureWay Way, IDisposable owner) : IDisposable
{
    private readonly IDisposable owner = owner;

    /// <summary>The objects of the weak handles of the request; empty where the way does not show them.</summary>
    public ImmutableArray<NodeIndex> Objects { get; init; } = [];

    /// <summary>Why the ways before it were refused.</summary>
    public ImmutableArray<string> Refusals { get; init; } = [];

    /// <summary>How long the process stood still.</summary>
    public TimeSpan Stall { get; init; }

    /// <summary>Says in an answer how the heap was read, and what it does not show.</summary>
    public void Write(Utf8JsonWriter json) => Write(json, Way, Refusals);

    /// <summary>Says in an answer how a process was read, and what that does not show.</summary>
    public static void Write(Utf8JsonWriter json, CaptureWay way, ImmutableArray<string> refusals)
    {
        json.WriteString("way", CaptureWays.NameOf(way));
        json.Texts("refusals", refusals);
        json.Texts("blindSpots", ProcessHeap.BlindSpotsOf(way));
    }

    public void Dispose() => owner.Dispose();
}
