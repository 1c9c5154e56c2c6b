namespace Limpet.Bench.Accuracy;

/// <summary>What to hunt, and how.</summary>
/// <param name="Set">Which targets: the hard ones, or those of reported leaks.</param>
/// <param name="Times">How often each is hunted.</param>
/// <param name="Busy">Whether all cores are kept busy beside it.</param>
/// <param name="Together">How many hunts run at a time.</param>
/// <param name="For">After which no other hunt begins; null for no limit.</param>
/// <param name="Only">Part of a name; null for all.</param>
/// <param name="Out">Where the report is written, beside the output; null for nowhere.</param>
/// <param name="Record">Where each hunt is kept and those of earlier runs stand; null for nowhere.</param>
internal sealed record AccuracyOptions(string Set, int Times, bool Busy, int Together, TimeSpan? For, string? Only, string? Out, string? Record);
