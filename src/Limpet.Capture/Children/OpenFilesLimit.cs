using Limpet.Capture.Native;
using Limpet.Resources;

namespace Limpet.Capture.Children;

/// <summary>
/// The limit of open files that a child would have without this process. The runtime raises that of its own process to the largest allowed,
/// and children inherit it: a program that runs out of descriptors by itself would not do so when it is watched.
/// </summary>
public static unsafe class OpenFilesLimit
{
    private const int OpenFiles = 7; // RLIMIT_NOFILE
    private const int MostAncestors = 16;

    /// <summary>The soft limit of the nearest ancestor that runs no .NET; null when there is none that can be read.</summary>
    public static long? OfCaller()
    {
        int pid = Environment.ProcessId;
        for (int i = 0; i < MostAncestors && ProcessReaders.Tree.Find(pid) is { ParentPid: > 0 } entry; i++)
        {
            pid = entry.ParentPid;
            if (ProcessReaders.DotNet.Detect(pid) is { Kind: DotNetKind.None })
            {
                return ProcessReaders.Limits.OpenFiles(pid);
            }
        }

        return null;
    }

    /// <summary>Lowers the limit of this process until what is returned is disposed.</summary>
    internal static IDisposable Lowered(long? limit)
    {
        ulong* values = stackalloc ulong[2];
        if (limit is not { } soft || Spawn.GetLimit(OpenFiles, values) != 0 || (ulong)soft >= values[0])
        {
            return new Restoration(null);
        }

        ulong before = values[0];
        values[0] = (ulong)soft;
        return new Restoration(Spawn.SetLimit(OpenFiles, values) == 0 ? before : null);
    }

    private sealed class Restoration(ulong? soft) : IDisposable
    {
        public void Dispose()
        {
            ulong* values = stackalloc ulong[2];
            if (soft is { } before && Spawn.GetLimit(OpenFiles, values) == 0)
            {
                values[0] = before;
                _ = Spawn.SetLimit(OpenFiles, values);
            }
        }
    }
}
