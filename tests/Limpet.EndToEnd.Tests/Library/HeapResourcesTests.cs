using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Limpet.Resources;

namespace Limpet.EndToEnd.Tests.Library;

/// <summary>What only a capture of the test's own process shows.</summary>
public sealed class HeapResourcesTests
{
    private static readonly List<object> s_kept = [];
    private static readonly TaskCompletionSource s_never = new();

    [Fact]
    public void TakeWithHeap_NewInstancesOperationsAndHandles_AreNamed()
    {
        ResourceSnapshot before = ResourceSnapshot.TakeWithHeap();
        GCHandle[] handles = [.. Enumerable.Range(0, 50).Select(_ => GCHandle.Alloc(new Parcel()))];
        Drop(30);
        Hold();
        for (int i = 0; i < 20; i++)
        {
            s_kept.Add(WaitForEverAsync());
        }

        ResourceDifference difference = ResourceSnapshot.TakeWithHeap().Since(before);
        Array.ForEach(handles, handle => handle.Free());
        s_kept.Clear();

        string parcel = "Limpet.EndToEnd.Tests.Library.HeapResourcesTests.Parcel";
        Assert.Equal(57, difference.New.Single(change => change.Kind == ResourceKind.Instance && change.Name == parcel).Growth);
        Assert.Equal(20, difference.New.Where(change => change.Kind == ResourceKind.PendingOperation && change.Name.Contains(nameof(WaitForEverAsync), StringComparison.Ordinal)).Sum(change => change.Growth));

        // Other tests of this process, and the runtime, have handles of their own.
        Assert.InRange(difference.GrowthOf(ResourceKind.GCHandle)!.Value, 30, 1000);
        Assert.DoesNotContain("instances", difference.Refusals.Select(refusal => refusal.What));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Drop(int count)
    {
        for (int i = 0; i < count; i++)
        {
            GC.KeepAlive(new Parcel());
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Hold()
    {
        for (int i = 0; i < 7; i++)
        {
            s_kept.Add(new Parcel());
        }
    }

    private static async Task WaitForEverAsync() => await s_never.Task;

    private sealed class Parcel;
}
