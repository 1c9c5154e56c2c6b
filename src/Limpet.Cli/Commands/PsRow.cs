using Limpet.Results;

namespace Limpet.Cli.Commands;

/// <summary>A process as <c>limpet ps</c> lists it.</summary>
/// <param name="Summary">The process.</param>
/// <param name="Refusal">Why its heap cannot be read by this user; null when it can.</param>
internal sealed record PsRow(ProcessSummary Summary, string? Refusal);
