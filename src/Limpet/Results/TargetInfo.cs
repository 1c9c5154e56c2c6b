using System.Collections.Immutable;

namespace Limpet.Results;

/// <summary>The process or file that was looked at.</summary>
/// <param name="Pid">Process id; null for a file.</param>
/// <param name="Command">Its command line, secrets redacted.</param>
/// <param name="Runtime">Its runtime, such as <c>.NET 10.0.12</c>; null when unknown.</param>
public sealed record TargetInfo(int? Pid, ImmutableArray<string> Command, string? Runtime);
