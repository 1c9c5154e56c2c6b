namespace Limpet.Capture.EventPipe;

/// <summary>Where the runtime found a root.</summary>
internal enum EventRootKind : byte
{
    Stack = 0,
    Finalizer = 1,
    Handle = 2,
    Other = 3,
}
