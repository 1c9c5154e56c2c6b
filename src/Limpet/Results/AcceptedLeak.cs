namespace Limpet.Results;

/// <summary>A leak that is accepted for now.</summary>
/// <param name="Signature">The signature of its finding.</param>
/// <param name="Kind">What kind of finding it is.</param>
/// <param name="Subject">What grows or stays, for people.</param>
/// <param name="Owner">Who sees to it; null where nobody was named.</param>
/// <param name="Expires">The day from which on it fails the run again; null for never.</param>
public sealed record AcceptedLeak(string Signature, string Kind, string Subject, string? Owner, DateOnly? Expires);
