namespace Limpet.Cli.Watching.Marks;

/// <summary>A sign in the output of a program, or from a file, that divides its run.</summary>
/// <param name="Kind">What it says.</param>
/// <param name="Name">Name of the phase, raw; empty for <see cref="MarkKind.Close"/>. For <see cref="MarkKind.Source"/> the program.</param>
internal readonly record struct Mark(MarkKind Kind, string Name)
{
    /// <summary>Which of the workers that share the tests of a suite it came from; null where there are none.</summary>
    public string? Source { get; init; }

    /// <summary>How long the test took by the runner's own clock; null where the mark does not tell.</summary>
    public TimeSpan? Took { get; init; }
}
