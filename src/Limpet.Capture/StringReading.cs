namespace Limpet.Capture;

/// <summary>What a capture keeps of the texts of strings.</summary>
public enum StringReading
{
    /// <summary>Nothing: their sizes only.</summary>
    None,

    /// <summary>Length and a hash, which tells equal texts from others and nothing else.</summary>
    Hashes,

    /// <summary>These, and how the texts begin that are repeated most.</summary>
    Texts,
}
