namespace Limpet.Capture.EventPipe;

/// <summary>What the runtime says of a type; higher bits count the dimensions of an array.</summary>
[Flags]
internal enum EventTypeFlags
{
    None = 0,
    Delegate = 1,
    Finalizable = 2,
    Array = 8,
}
