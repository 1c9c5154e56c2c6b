using Limpet.Capture;
using Limpet.Results;

namespace Limpet.Cli.Hunting.Run;

/// <summary>Refuses a capture that is predicted to stop the target for longer than the user allows.</summary>
internal static class StallPredictionCheck
{
    public static void Require(StallPrediction prediction, TimeSpan most)
    {
        if (prediction.Stall > most)
        {
            throw new LimpetException(
                Trouble.Refused,
                FormattableString.Invariant($"A capture of this heap ({prediction.Heap}, about {prediction.Objects:N0} objects) is predicted to stop the target for {prediction.Stall.TotalSeconds:0.00} s, more than the {DurationText.Format(most)} that --max-stall allows. Raise --max-stall if the target can bear it."));
        }
    }
}
