namespace Limpet.Reporting.Text;

/// <summary>Generations and the heaps beside them, in words.</summary>
internal static class GenerationWords
{
    /// <summary>Such as <c>generation 2</c>.</summary>
    public static string Of(string name) => name switch
    {
        "Gen0" => "generation 0",
        "Gen1" => "generation 1",
        "Gen2" => "generation 2",
        "Large" => "large objects",
        "Pinned" => "pinned objects",
        "Frozen" => "frozen",
        _ => "not known",
    };
}
