using Limpet.Verdicts;

namespace Limpet.Tests.Verdicts;

/// <summary>The grammar of what is said of numbers.</summary>
public sealed class SentenceTests
{
    [Theory]
    [InlineData(0.4, "for 0 seconds")]
    [InlineData(1.4, "for 1 second,")]
    [InlineData(1.6, "for 2 seconds")]
    public void OfGrowth_Seconds_AreCounted(double seconds, string said)
    {
        Judgement growth = new() { Metric = "Order", Shape = GrowthShape.Growing, Reason = "", PerOperation = 1, SeenUpToOperations = 147 };
        GrowthEvidence evidence = new() { Obstacle = Obstacle.None, ByTime = false, Net = 147, Operations = 147, Seconds = seconds, Driven = 7, Grew = 7, Noise = 0, Smallest = 1 };

        Assert.Contains(said, Sentence.OfGrowth(growth, evidence, DriveMode.Operations), StringComparison.Ordinal);
    }
}
