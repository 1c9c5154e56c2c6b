namespace Limpet.Results;

/// <summary>A place where objects came together.</summary>
/// <param name="Container">The nearest member of the source that holds them, such as <c>field Shop.Store.orders</c>.</param>
/// <param name="ContainerType">Type of what the member holds.</param>
/// <param name="Subject">Type of what came, in C# spelling.</param>
/// <param name="Delta">How the objects of that type went; the bytes are those of all that they hold.</param>
/// <param name="Path">The way to them.</param>
public sealed record ContainerDelta(string Container, string ContainerType, string Subject, Delta Delta, string Path);
