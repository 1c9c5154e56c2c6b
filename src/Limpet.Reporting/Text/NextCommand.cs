namespace Limpet.Reporting.Text;

/// <summary>The command to run next, with which every report ends.</summary>
/// <param name="Command">It, as it can be typed; secrets redacted.</param>
/// <param name="Note">Why, or what to know of it; null for nothing.</param>
public sealed record NextCommand(string Command, string? Note = null)
{
    /// <summary>The line that ends the text.</summary>
    public string Line => string.IsNullOrEmpty(Note) ? $"next: {Command}\n" : $"next: {Command}   ({Note})\n";
}
