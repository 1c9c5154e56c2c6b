using Limpet.Cli.Watching.Tree;

namespace Limpet.Cli.Watching.Judging;

/// <summary>Something that a phase left and that outlived it to the end.</summary>
/// <param name="Phase">The phase, counted among the named ones.</param>
/// <param name="Class">What kind of thing it is.</param>
/// <param name="Group">What it has in common with others of its kind: a folder, a peer, a name.</param>
/// <param name="Certain">Whether nothing of its kind is kept for good reasons: a deleted file, a file in a folder for temporary ones, a server's socket.</param>
/// <param name="Used">Whether something used it in later phases.</param>
/// <param name="Item">The thing.</param>
internal sealed record LeftThing(int Phase, LeftClass Class, string Group, bool Certain, bool Used, Item Item);
