namespace Limpet.Results;

/// <summary>A line of source code.</summary>
/// <param name="File">File name without folders.</param>
/// <param name="Line">1-based line.</param>
public sealed record SourceLine(string File, int Line);
