namespace Limpet.Cli.Hunting.Options;

/// <summary>What the value of a word of a hunt is.</summary>
internal enum WordKind
{
    /// <summary>A text.</summary>
    Text,

    /// <summary>A text or a list of texts; on the command line repeatable.</summary>
    Texts,

    /// <summary>A list of texts.</summary>
    Words,

    /// <summary>Texts by name.</summary>
    Map,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>A duration such as <c>45s</c>.</summary>
    Duration,
}
