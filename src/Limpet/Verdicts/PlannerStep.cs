namespace Limpet.Verdicts;

/// <summary>What a run does next: <see cref="NextRound"/> or <see cref="StopRun"/>.</summary>
public abstract record PlannerStep
{
    private protected PlannerStep()
    {
    }
}
