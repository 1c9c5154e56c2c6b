namespace Limpet.Bench.Capturing;

/// <summary>What it costs to copy the heap and do nothing else.</summary>
internal sealed record CopyFigures(TimeSpan Time, long Bytes);
