using System.Collections.Immutable;

namespace Limpet.Results;

/// <summary>What the stack of a thread holds.</summary>
/// <param name="ThreadId">Managed id of the thread.</param>
/// <param name="Roots">Locals and arguments that hold something.</param>
/// <param name="Objects">Objects that are first reached from this stack: no static field and no handle reaches them.</param>
/// <param name="Bytes">Their own sizes, added up.</param>
/// <param name="Methods">Methods on the stack that hold them, those of the program first.</param>
public sealed record HeapThread(int ThreadId, int Roots, long Objects, ByteSize Bytes, ImmutableArray<string> Methods);
