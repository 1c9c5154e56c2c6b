using Limpet.Results;

namespace Limpet.Heap;

/// <summary>A method of the target.</summary>
/// <param name="Type">Name of its declaring type as the runtime spells it.</param>
/// <param name="Name">Its name as the runtime spells it, without arguments.</param>
/// <param name="Source">Where it begins, when symbols are at hand.</param>
public sealed record MethodName(string Type, string Name, SourceLine? Source = null)
{
    /// <summary>Path of its module as the target knows it; null when it came from no file, and in a heap read from a file.</summary>
    public string? Module { get; init; }

    /// <summary>Its metadata token in that module; 0 when unknown.</summary>
    public int Token { get; init; }
}
