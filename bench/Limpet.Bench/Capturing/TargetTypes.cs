namespace Limpet.Bench.Capturing;

/// <summary>The types whose counts the target states and both sides must find.</summary>
internal static class TargetTypes
{
    public const string Cell = "Limpet.TestTargets.ObjectsTarget+Cell";
    public const string Node = "Limpet.TestTargets.Node";
}
