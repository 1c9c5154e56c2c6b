using System.Runtime.CompilerServices;

namespace Limpet.TestTargets;

/// <summary>The collection protocol for a target that checks itself.</summary>
internal static class Settling
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Settle()
    {
        for (int i = 0; i < 3; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
    }
}
