namespace Limpet.Cli.Watching.Tree;

/// <summary>Things that a process has and gives back one by one.</summary>
internal enum ItemKind
{
    /// <summary>An open descriptor.</summary>
    Descriptor,

    /// <summary>A thread, beside the first of a process.</summary>
    Thread,

    /// <summary>A process that runs.</summary>
    Child,

    /// <summary>A process that ended and that its parent has not asked about.</summary>
    Zombie,
}
