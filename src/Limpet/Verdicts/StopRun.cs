namespace Limpet.Verdicts;

/// <summary>No more rounds.</summary>
/// <param name="Reason">Why, in one sentence.</param>
/// <param name="BudgetUsedUp">Whether time ended it: then the last judgement is made with what there is.</param>
public sealed record StopRun(string Reason, bool BudgetUsedUp) : PlannerStep;
