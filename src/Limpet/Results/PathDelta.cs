namespace Limpet.Results;

/// <summary>How the objects of a merged path went.</summary>
/// <param name="Path">The path in the words of the source, such as <c>static field Shop.Bus.Changed → System.EventHandler → _target: Shop.OrderView</c>.</param>
/// <param name="Type">Type of its objects in C# spelling.</param>
/// <param name="Delta">How they went.</param>
public sealed record PathDelta(string Path, string Type, Delta Delta);
