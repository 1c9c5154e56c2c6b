namespace Limpet.Resources;

/// <summary>What the kernel says of one socket.</summary>
/// <param name="Protocol"><c>TCP</c>, <c>UDP</c> or <c>Unix</c>.</param>
/// <param name="State">State of a connection as the kernel calls it, such as <c>ESTABLISHED</c>; empty for what has none.</param>
/// <param name="Local">Address and port, or path, of this end; empty when unbound.</param>
/// <param name="Peer">Address and port of the other end; empty when there is none.</param>
public sealed record SocketInfo(string Protocol, string State, string Local, string Peer);
