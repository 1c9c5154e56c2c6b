using System.Collections.Immutable;
using Limpet.Results;

namespace Limpet.Capture.Files;

/// <summary>Where a heap file comes from.</summary>
public sealed record HeapFileMetadata
{
    /// <summary>Version of the tool that wrote it.</summary>
    public required string ToolVersion { get; init; }

    /// <summary>Runtime of the target, such as <c>.NET 10.0.12</c>.</summary>
    public required string RuntimeName { get; init; }

    /// <summary>Process id of the target.</summary>
    public required int Pid { get; init; }

    /// <summary>When the heap was captured.</summary>
    public required DateTimeOffset CapturedAt { get; init; }

    /// <summary>Command line of the target, secrets redacted.</summary>
    public ImmutableArray<string> CommandLine { get; init; } = [];

    /// <summary>How it was read from its process, as <see cref="CaptureWays"/> has it; null in files that do not say so.</summary>
    public string? Way { get; init; }

    /// <summary>What to know of the heap: what went wrong when it was captured, or that nobody tested captures on that system.</summary>
    public ImmutableArray<string> Warnings { get; init; } = [];
}
