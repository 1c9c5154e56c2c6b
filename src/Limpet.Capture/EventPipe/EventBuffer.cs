using Limpet.Resources;
using Limpet.Results;

namespace Limpet.Capture.EventPipe;

/// <summary>
/// How much memory the runtime of a target may take for events that are not read yet. It lies in the target: it counts there, and a target that passes the
/// limit of its control group is ended. A buffer that is too small loses events, which the result says.
/// </summary>
internal static class EventBuffer
{
    /// <summary>Of what the target could have in all.</summary>
    private const int ShareOfLimit = 4;

    /// <summary>Of what is left to it.</summary>
    private const int ShareOfRoom = 2;

    private static readonly ByteSize Least = new(1 << 20);
    private static readonly ByteSize Most = new(1 << 30);

    /// <summary>The most for a process. Where the system does not tell, what this process could have stands for it.</summary>
    public static ByteSize For(int pid) => For(
        ProcessReaders.Supported ? ProcessReaders.Limits.Memory(pid) : new MemoryRoom(),
        new ByteSize(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes));

    /// <summary>The most in a room. A pure function.</summary>
    /// <param name="room">What the target shares with others.</param>
    /// <param name="otherwise">What it could have in all where the room does not say.</param>
    public static ByteSize For(MemoryRoom room, ByteSize otherwise)
    {
        long limit = Math.Min(room.HostTotal?.Bytes ?? otherwise.Bytes, room.GroupLimit?.Bytes ?? long.MaxValue);
        long left = Math.Min(room.HostAvailable?.Bytes ?? otherwise.Bytes, room.GroupLimit?.Bytes - room.GroupHeld?.Bytes ?? long.MaxValue);
        return new ByteSize(Math.Clamp(Math.Min(limit / ShareOfLimit, left / ShareOfRoom), Least.Bytes, Most.Bytes));
    }
}
