namespace Limpet.Capture.EventPipe;

/// <summary>What the runtime says of a root.</summary>
[Flags]
internal enum EventRootFlags
{
    None = 0,
    Pinning = 1,
    Weak = 2,
    Interior = 4,
    RefCounted = 8,
}
