namespace Limpet.Bench.Graphs;

/// <summary>What each algorithm took, and bytes a node beside the graph at the peak of all.</summary>
internal readonly record struct GraphFigures(GraphTime Components, GraphTime Dominators, GraphTime ShortestPaths, GraphTime Why, double PeakBytes)
{
    public double Cpu => Components.Cpu + Dominators.Cpu + ShortestPaths.Cpu;

    public double Wall => Components.Wall + Dominators.Wall + ShortestPaths.Wall;
}
