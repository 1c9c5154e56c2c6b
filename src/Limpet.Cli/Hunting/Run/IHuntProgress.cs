using Limpet.Capture;
using Limpet.Verdicts;

namespace Limpet.Cli.Hunting.Run;

/// <summary>Told how a hunt gets on.</summary>
internal interface IHuntProgress
{
    /// <summary>What is being done now.</summary>
    void Step(string what);

    /// <summary>The cost of a capture, before the target is first stopped.</summary>
    void Predicted(StallPrediction prediction);

    /// <summary>A round is over.</summary>
    void RoundDone(Round round, SettledReading reading);
}
