namespace Limpet.Bench.Accuracy;

/// <summary>One leak that a target declares.</summary>
/// <param name="Kind">Every kind that is right.</param>
/// <param name="Subject">Full name of a type, or a word that the subject contains.</param>
/// <param name="Holder">Words that must all occur in the root, the path or the hint.</param>
internal sealed record FindingTruth(string[] Kind, string Subject, string[] Holder, double? PerOperation, double? PerSecond, double? BytesPerOperation);
