using Limpet.Results;

namespace Limpet.Capture.EventPipe;

/// <summary>What a heap by events would cost.</summary>
/// <param name="Stall">How long the process would stand still.</param>
/// <param name="Memory">What the graph takes in this process at most.</param>
/// <param name="Buffer">By how much the process itself may grow: its runtime keeps what is not read yet. Never more than a quarter of what it may have, and half of what is left.</param>
public sealed record EventPrediction(TimeSpan Stall, ByteSize Memory, ByteSize Buffer);
