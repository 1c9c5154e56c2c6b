using Limpet.Capture.Files;
using Limpet.Resources;
using Limpet.Results;

namespace Limpet.Cli.Doctor;

/// <summary>What may be done with one process, and how near it is to its limits.</summary>
internal static class ProcessChecks
{
    private const double Full = 0.8;

    public static IEnumerable<MachineCheck> Of(int pid, ProcessReading reading, long? openFiles, DotNetProcess? dotnet)
    {
        string? refusal = HeapAccess.Refusal(pid);
        yield return new($"memory of process {pid}", refusal is null ? CheckState.Ok : CheckState.Refused, refusal is null ? "readable" : "refused", "hunt, snapshot, inspect and why read it", refusal);
        if (reading.DescriptorCount is { } open && openFiles is { } limit)
        {
            bool full = open > Full * limit;
            yield return new($"descriptors of process {pid}", full ? CheckState.Limited : CheckState.Ok, FormattableString.Invariant($"{open:N0} of {limit:N0}"), "its own limit", full ? $"limpet watch --pid {pid} says what they are and whether they grow" : null);
        }

        if (dotnet is { Kind: DotNetKind.CoreClr, Diagnostics: var port })
        {
            yield return new($"diagnostics socket of process {pid}", port.IsReady ? CheckState.Ok : CheckState.Limited, port.IsReady ? "ready" : port.State.ToString(), "induced collections, counters and dumps go through it", port.IsReady ? null : port.Detail);
        }
    }
}
