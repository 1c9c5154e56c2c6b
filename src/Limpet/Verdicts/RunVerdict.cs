using Limpet.Results;

namespace Limpet.Verdicts;

/// <summary>What a whole run says.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Reason">Why, in one sentence made of the run's numbers.</param>
public sealed record RunVerdict(Verdict Verdict, string Reason);
