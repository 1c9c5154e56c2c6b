namespace Limpet.Tests.Verdicts;

/// <summary>A program with one metric: what an operation does to it, and what a settled reading at some second says.</summary>
public sealed class SimulatedProgram(Action<double> operate, Func<double, double> read)
{
    /// <summary>Seconds that the operation just done took beyond what operations usually take.</summary>
    public Func<double> Slower { get; init; } = static () => 0;

    public void Operate(double now) => operate(now);

    public double Read(double now) => read(now);
}
