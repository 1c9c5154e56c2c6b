using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Limpet.Results;

namespace Limpet.Capture;

/// <summary>
/// Which ways to the heap of a running process there are on a system, and in which order they are tried. Memory is read by the calls of Linux, and dumps are
/// those of Linux, both of x64: everywhere else the runtime itself is asked, which needs nothing of the system but its diagnostics port.
/// </summary>
/// <param name="Ways">The ways, the best one first; each is tried when the one before is refused.</param>
/// <param name="Warning">What to know of results from there; null where there is nothing.</param>
public sealed record CapturePlan(ImmutableArray<CaptureWay> Ways, string? Warning)
{
    /// <summary>The plan for a system. A pure function.</summary>
    public static CapturePlan For(CaptureSystem system)
    {
        ArgumentNullException.ThrowIfNull(system);
        bool readsMemory = system is { Name: "Linux", Architecture: Architecture.X64 };
        return new CapturePlan(
            readsMemory ? [CaptureWay.Live, CaptureWay.Dump, CaptureWay.EventPipe] : [CaptureWay.EventPipe],
            system.IsTested ? null : $"untested on this system: {system}");
    }
}
