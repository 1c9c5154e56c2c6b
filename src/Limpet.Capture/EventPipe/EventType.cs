using System.Collections.Immutable;

namespace Limpet.Capture.EventPipe;

/// <summary>A type as the runtime describes it in an event.</summary>
/// <param name="Name">Its name; empty where the runtime could not make one.</param>
/// <param name="Flags">What it is.</param>
/// <param name="Module">Where the runtime keeps its module: the same for types of the same module.</param>
/// <param name="Token">Its token in the metadata of the module; 0 for arrays.</param>
/// <param name="Parameters">The types of its parameters, or of its elements.</param>
internal sealed record EventType(string Name, EventTypeFlags Flags, ulong Module, uint Token, ImmutableArray<ulong> Parameters)
{
    private const int RankShift = 8;
    private const int RankMask = 0x3f;

    /// <summary>Whether it is an array.</summary>
    public bool IsArray => (Flags & EventTypeFlags.Array) != 0;

    /// <summary>Dimensions of an array; 0 for a vector on runtimes that do not say.</summary>
    public int Rank => ((int)Flags >> RankShift) & RankMask;

    /// <summary>The name without the list of parameters, which each have a name of their own.</summary>
    public string BareName => Parameters.Length > 0 && !IsArray && Name.IndexOf('[', StringComparison.Ordinal) is > 0 and var list ? Name[..list] : Name;
}
