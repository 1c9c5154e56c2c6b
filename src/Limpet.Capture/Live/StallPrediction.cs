using Limpet.Results;

namespace Limpet.Capture;

/// <summary>What a capture is expected to cost, known before the target is first stopped.</summary>
/// <param name="Stall">How long the target will stand still.</param>
/// <param name="Memory">What the graph will take in this process.</param>
/// <param name="Heap">Size of the heap.</param>
/// <param name="Objects">Objects seen by the walk that the prediction rests on, garbage included.</param>
public sealed record StallPrediction(TimeSpan Stall, ByteSize Memory, ByteSize Heap, long Objects);
