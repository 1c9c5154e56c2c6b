namespace Limpet.TestTargets;

/// <summary>Where threads wait until the target ends.</summary>
internal static class Park
{
    private static readonly ManualResetEventSlim s_end = new();

    public static void Forever() => s_end.Wait();

    /// <summary>Lets everybody go. The runtime waits for its finalizer thread when a process ends, so a parked one must be released.</summary>
    public static void Release() => s_end.Set();
}
