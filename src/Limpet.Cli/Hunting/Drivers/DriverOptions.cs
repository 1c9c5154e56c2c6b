using System.Collections.Immutable;

namespace Limpet.Cli.Hunting.Drivers;

/// <summary>What one operation is. Exactly one of the kinds below.</summary>
internal abstract record DriverOptions
{
    private DriverOptions()
    {
    }

    /// <summary>A line to the target's standard input, answered by a line of its output.</summary>
    /// <param name="Text">The line.</param>
    /// <param name="Reply">Which line of output answers it; null: any on standard output.</param>
    /// <param name="Fail">Which line of output answers it with a failure; null: none.</param>
    internal sealed record StdinLine(string Text, LinePattern? Reply, LinePattern? Fail = null) : DriverOptions;

    /// <summary>A request to one of the addresses, in turn.</summary>
    internal sealed record Url(ImmutableArray<Uri> Addresses) : DriverOptions
    {
        public string Method { get; init; } = "GET";

        public string? Body { get; init; }

        public ImmutableArray<KeyValuePair<string, string>> Headers { get; init; } = [];
    }

    /// <summary>A shell command.</summary>
    internal sealed record Each(string Command) : DriverOptions;

    /// <summary>No operation: a stretch of time.</summary>
    internal sealed record Idle(TimeSpan Stretch) : DriverOptions;
}
