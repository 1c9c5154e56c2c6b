namespace Limpet.Capture.EventPipe;

/// <summary>A root as an event has it.</summary>
internal readonly record struct EventRoot(ulong Address, EventRootKind Kind, EventRootFlags Flags);
