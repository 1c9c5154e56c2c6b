using System.Collections.Immutable;

namespace Limpet.Results;

/// <summary>A .NET process that one could look at.</summary>
/// <param name="Pid">Its id.</param>
/// <param name="Command">Its command line, secrets redacted; empty when it cannot be seen.</param>
/// <param name="Runtime">Its runtime, such as <c>.NET 10.0.12</c>; null when unknown.</param>
/// <param name="User">The user it acts as; null when unknown.</param>
public sealed record ProcessSummary(int Pid, ImmutableArray<string> Command, string? Runtime, string? User);
