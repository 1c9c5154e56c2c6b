using Limpet.Capture.Native;

namespace Limpet.Capture.Children;

/// <summary>How soon the calling thread runs when it has something to do.</summary>
public static class ThreadUrgency
{
    private const int OneThread = 0; // PRIO_PROCESS with a thread id
    private const int GetThreadId = 186;
    private const int Nice = -10;

    /// <summary>Lets the calling thread run before others, where the system allows it: a reading that is late by a few milliseconds is of another moment.</summary>
    public static void Raise() => _ = Spawn.SetPriority(OneThread, (int)Spawn.SystemCall(GetThreadId, 0, 0), Nice);
}
