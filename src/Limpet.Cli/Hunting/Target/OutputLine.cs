namespace Limpet.Cli.Hunting.Target;

/// <summary>A line that a process wrote.</summary>
/// <param name="Text">The line without its end; raw: escape before showing.</param>
/// <param name="IsError">Whether it came on standard error.</param>
internal readonly record struct OutputLine(string Text, bool IsError);
