using Microsoft.Diagnostics.Runtime;

namespace Limpet.Capture.Live;

/// <summary>Who waits for which monitor, and who has it, as far as sync blocks and thin locks show it.</summary>
internal sealed class LockWaits
{
    private readonly ClrRuntime runtime;
    private readonly Dictionary<ulong, ClrThread> owners = [];

    public LockWaits(ClrRuntime runtime)
    {
        this.runtime = runtime;
        var byAddress = runtime.Threads.ToDictionary(thread => thread.Address);
        foreach (SyncBlock block in runtime.Heap.EnumerateSyncBlocks())
        {
            if (block.IsMonitorHeld && block.Object != 0 && byAddress.TryGetValue(block.HoldingThreadAddress, out ClrThread? owner))
            {
                owners[block.Object] = owner;
            }
        }
    }

    /// <summary>What a thread waits for; null when it does not wait for a monitor or that cannot be seen.</summary>
    public string? Describe(ClrThread thread)
    {
        bool enters = thread.EnumerateStackTrace(false, 8).Any(frame =>
            frame.Method is { Name: { } name, Type.Name: "System.Threading.Monitor" } && name.Contains("Enter", StringComparison.Ordinal));
        if (!enters)
        {
            return null;
        }

        foreach (ClrStackRoot root in thread.EnumerateStackRoots())
        {
            ulong address = root.Object.Address;
            if (address != 0 && !root.IsInterior && OwnerOf(root.Object) is { } owner && owner.Address != thread.Address)
            {
                return $"a monitor on {runtime.Heap.GetObjectType(address)?.Name} that thread {owner.ManagedThreadId} has";
            }
        }

        return "a monitor";
    }

    private ClrThread? OwnerOf(ClrObject candidate) =>
        owners.TryGetValue(candidate.Address, out ClrThread? owner) ? owner : candidate.GetThinLock()?.Thread;
}
