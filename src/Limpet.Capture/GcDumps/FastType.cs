namespace Limpet.Capture.GcDumps;

/// <summary>The type of an object in a FastSerialization stream.</summary>
/// <param name="Name">Its name in the program that defined the format.</param>
/// <param name="Version">The version that was written.</param>
/// <param name="LeastReader">The oldest version that can read it.</param>
internal sealed record FastType(string Name, int Version, int LeastReader);
