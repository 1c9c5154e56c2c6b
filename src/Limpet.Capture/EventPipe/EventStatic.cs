namespace Limpet.Capture.EventPipe;

/// <summary>A static field as an event has it.</summary>
/// <param name="Address">The object that it holds.</param>
/// <param name="IsThreadStatic">Whether each thread has its own.</param>
/// <param name="Name">Its name with that of its type.</param>
internal readonly record struct EventStatic(ulong Address, bool IsThreadStatic, string Name);
