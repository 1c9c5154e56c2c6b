namespace Limpet.Capture.Files;

/// <summary>
/// The sections of a heap file, in the order in which they stand. The numbers are part of the format. Those up to <see cref="Origin"/> are in every file of version 2; the
/// others are there where there is something to tell, and a reader passes over any that it does not know: a file with a new section has no new version.
/// </summary>
internal enum SectionId : uint
{
    /// <summary>JSON: where the heap comes from.</summary>
    Metadata = 1,

    /// <summary>Names, modules, traits, base types and member names of the types.</summary>
    Types = 2,

    /// <summary>The segments of the heap.</summary>
    Segments = 3,

    /// <summary>Index of the type, 4 bytes a node.</summary>
    NodeTypes = 4,

    /// <summary>Size in units of 8 bytes, 4 bytes a node.</summary>
    NodeSizes = 5,

    /// <summary>First edge, 4 bytes a node and 4 more.</summary>
    FirstEdges = 6,

    /// <summary>Target, 4 bytes an edge.</summary>
    EdgeTargets = 7,

    /// <summary>Slot, 1 byte an edge.</summary>
    EdgeSlots = 8,

    /// <summary>One bit for 8 bytes of heap: whether an object begins there.</summary>
    AddressBits = 9,

    /// <summary>The roots.</summary>
    Roots = 10,

    /// <summary>Numbers read from some objects.</summary>
    Facts = 11,

    /// <summary>Methods that facts refer to.</summary>
    Methods = 12,

    /// <summary>Versions of the modules, and why the graph is incomplete.</summary>
    Origin = 13,

    /// <summary>Number of UTF-16 units, 4 bytes a string, in the order of the nodes. Optional.</summary>
    StringLengths = 14,

    /// <summary>Hash, 8 bytes a string. There where <see cref="StringLengths"/> is.</summary>
    StringHashes = 15,

    /// <summary>How the texts begin that are repeated most. Optional.</summary>
    StringTexts = 16,

    /// <summary>GC handles that hold nothing. Optional.</summary>
    WeakHandles = 17,
}
