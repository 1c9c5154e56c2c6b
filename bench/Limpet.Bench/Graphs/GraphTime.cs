namespace Limpet.Bench.Graphs;

/// <summary>Microseconds a node, by the clock and of processor time.</summary>
internal readonly record struct GraphTime(double Wall, double Cpu);
