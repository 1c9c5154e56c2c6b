using Limpet.Capture.Live;

namespace Limpet.Capture.Tests;

/// <summary>Holds captures of a process against ClrMD's own enumeration.</summary>
internal static class Equality
{
    /// <remarks>With the server GC ClrMD does not list all handles, unless the number of heaps is fixed.</remarks>
    /// <summary>Fails with the differences, unless each of several captures of a process equals what ClrMD enumerates in the same stop.</summary>
    public static void Check(int pid, int times = 2, bool whileAllocating = false, bool? listsAllHandles = null)
    {
        using LiveTarget target = LiveTarget.Attach(pid);
        var truth = new ClrMdView();
        for (int time = 0; time < times; time++)
        {
            LiveCapture capture = target.Capture(truth.Read, TestContext.Current.CancellationToken);
            using (capture.Graph)
            {
                string differences = string.Join("\n", truth.Differences(capture.Graph, whileAllocating, listsAllHandles ?? !target.IsServerGc));
                Assert.True(differences.Length == 0, differences);
                Assert.True(truth.ObjectCount > 300, $"Only {truth.ObjectCount} objects.");
            }
        }
    }
}
