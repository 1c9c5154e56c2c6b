using System.Diagnostics.Tracing;
using Limpet.Results;
using Microsoft.Diagnostics.NETCore.Client;

namespace Limpet.Capture;

/// <summary>
/// Makes another process collect all generations: an EventPipe session with the GCHeapCollect keyword. The runtime collects before
/// it answers the request for the session, so when the request has been answered the collection is over. It cannot be told to
/// compact, and nothing waits for finalizers.
/// </summary>
/// <param name="pid">The process.</param>
public sealed class GcInducer(int pid)
{
    private const string RuntimeProvider = "Microsoft-Windows-DotNETRuntime";
    private const long HeapCollectKeyword = 0x800000;
    private const int BufferMegabytes = 1;
    private readonly DiagnosticsClient client = new(pid);

    /// <summary>Induces one collection of all generations and returns when it is over.</summary>
    /// <param name="deadline">How long it may take.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <exception cref="LimpetException">The process does not answer, or its diagnostics port is switched off.</exception>
    public async Task InduceAsync(TimeSpan deadline, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(deadline);
        try
        {
            EventPipeProvider[] providers = [new(RuntimeProvider, EventLevel.Informational, HeapCollectKeyword)];
            using EventPipeSession session = await client.StartEventPipeSessionAsync(providers, requestRundown: false, BufferMegabytes, limit.Token);
            Task drained = session.EventStream.CopyToAsync(Stream.Null, limit.Token);
            await session.StopAsync(limit.Token);
            await drained;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new LimpetException(
                Trouble.NotRun,
                $"Process {pid} did not collect within {deadline.TotalSeconds:0.#} s: its diagnostics port took the request and did not answer.");
        }
        catch (Exception exception) when (DiagnosticsPort.IsTransport(exception))
        {
            throw DiagnosticsPort.Refused($"Process {pid} cannot be made to collect", exception);
        }
    }
}
