using System.Collections.Immutable;

namespace Limpet.Cli.Hunting.Target;

/// <summary>A command to start.</summary>
/// <param name="Words">The command, word by word; no shell is involved.</param>
internal sealed record ProcessCommand(ImmutableArray<string> Words)
{
    /// <summary>The folder in which it runs; null: the current one.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Variables added to the environment.</summary>
    public ImmutableSortedDictionary<string, string> Environment { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Called with every line that it writes.</summary>
    public Action<OutputLine>? Listener { get; init; }
}
