namespace Limpet.Resources;

/// <summary>Which .NET a process runs, if any.</summary>
public enum DotNetKind
{
    /// <summary>No .NET runtime was seen.</summary>
    None,

    /// <summary>CoreCLR, the usual runtime: as a library or inside a single-file program.</summary>
    CoreClr,

    /// <summary>NativeAOT: no runtime parts that tell objects apart, so its heap cannot be read.</summary>
    NativeAot,

    /// <summary>The system refused the look; the refusal says why.</summary>
    Unknown,
}
