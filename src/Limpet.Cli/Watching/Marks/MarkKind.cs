namespace Limpet.Cli.Watching.Marks;

/// <summary>What a mark says.</summary>
internal enum MarkKind
{
    /// <summary>A phase begins; what was open ends.</summary>
    Begin,

    /// <summary>A phase has ended. Where no mark began it, it had begun with the mark before.</summary>
    End,

    /// <summary>What was open ends, and no phase begins: set-up, tear-down, summaries.</summary>
    Close,

    /// <summary>What was told just before came from the program that is named. Divides nothing.</summary>
    Source,
}
