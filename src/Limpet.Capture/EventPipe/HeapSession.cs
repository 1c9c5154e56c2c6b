using System.Diagnostics.Tracing;
using System.Globalization;
using Limpet.Results;
using Microsoft.Diagnostics.NETCore.Client;
using Microsoft.Diagnostics.Tracing;
using Microsoft.Diagnostics.Tracing.Parsers.Clr;

namespace Limpet.Capture.EventPipe;

/// <summary>
/// Two sessions with the diagnostics port. The first one asks for the events of a heap walk and for no collection: its stream is read from then on. The
/// second one, a <see cref="GcInducer"/>, asks for the collection in which the walk happens. With one session for both the runtime would collect before it sent
/// anything, and had to hold all events in memory of its own.
/// </summary>
internal sealed class HeapSession : IAsyncDisposable
{
    private const string RuntimeProvider = "Microsoft-Windows-DotNETRuntime";
    private const long Collections = 0x1;
    private const long Types = 0x80000;
    private const long HeapDump = 0x100000;
    private const long TypeNames = 0x1000000;

    private static readonly TimeSpan EndDeadline = TimeSpan.FromSeconds(30);
    private readonly int pid;
    private readonly HeapEvents events;
    private readonly EventPipeSession session;
    private readonly Thread reader;
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private double stoppedAt = double.NaN;
    private bool isStopped;

    private HeapSession(int pid, HeapEvents events, EventPipeSession session, ByteSize buffer)
    {
        Buffer = buffer;
        this.pid = pid;
        this.events = events;
        this.session = session;
        reader = new Thread(Read) { IsBackground = true, Name = string.Create(CultureInfo.InvariantCulture, $"limpet heap events {pid}") };
        reader.Start();
    }

    /// <summary>Events that were lost on their way; known when the session has ended.</summary>
    public long EventsLost { get; private set; }

    /// <summary>What the runtime may keep of events that are not read yet.</summary>
    public ByteSize Buffer { get; }

    /// <summary>How long the process stood still for the collection with the walk.</summary>
    public TimeSpan Stall { get; private set; }

    /// <summary>Begins to listen.</summary>
    /// <exception cref="LimpetException">The diagnostics port is switched off, is another user's, or does not answer.</exception>
    public static async Task<HeapSession> StartAsync(int pid, HeapEvents events, int? bufferMegabytes, CancellationToken cancellation)
    {
        try
        {
            EventPipeProvider[] providers = [new(RuntimeProvider, EventLevel.Informational, Collections | Types | HeapDump | TypeNames)];
            int megabytes = bufferMegabytes ?? (int)(EventBuffer.For(pid).Bytes >> 20);
            EventPipeSession session = await new DiagnosticsClient(pid).StartEventPipeSessionAsync(providers, requestRundown: false, megabytes, cancellation).ConfigureAwait(false);
            return new HeapSession(pid, events, session, new ByteSize((long)megabytes << 20));
        }
        catch (Exception exception) when (DiagnosticsPort.IsTransport(exception))
        {
            throw Refused(pid, exception);
        }
    }

    /// <summary>Has the runtime collect and walk, and returns when everything that it wrote down has been read.</summary>
    /// <exception cref="LimpetException">It does not, or not in time.</exception>
    public async Task WalkAsync(TimeSpan deadline, CancellationToken cancellation)
    {
        await new GcInducer(pid).InduceAsync(deadline, cancellation).ConfigureAwait(false);
        try
        {
            await session.StopAsync(cancellation).ConfigureAwait(false);
            isStopped = true;
            await ended.Task.WaitAsync(deadline, cancellation).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new LimpetException(Trouble.NotRun, $"The events of process {pid} did not end within {deadline.TotalSeconds:0.#} s. Allow the machine more time, or capture when it is less busy.");
        }
        catch (Exception exception) when (DiagnosticsPort.IsTransport(exception) || exception is InvalidDataException)
        {
            throw Refused(pid, exception);
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (!isStopped)
            {
                // A process that hangs, or has ended, does not answer; closing the stream tells it as well.
                using CancellationTokenSource limit = new(TimeSpan.FromSeconds(1));
                await session.StopAsync(limit.Token).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (DiagnosticsPort.IsTransport(exception) || exception is OperationCanceledException)
        {
            isStopped = true;
        }

        session.Dispose();

        // A stream that is closed ends its reader. Should it read on, it finds that the events are disposed.
        reader.Join(EndDeadline);
    }

    private static LimpetException Refused(int pid, Exception exception) => DiagnosticsPort.Refused($"The heap of process {pid} cannot be had by events", exception);

    /// <summary>Reads, and tells what whoever waits for the end is to be told of a failure; null where there is none. A thread that lets one out ends the tool.</summary>
    internal static Exception? FailureOf(int pid, HeapEvents events, Action read)
    {
        try
        {
            read();
            return null;
        }
        catch (OutOfMemoryException exception)
        {
            return new LimpetException(
                Trouble.NotRun,
                $"The events of process {pid} do not fit in the memory that limpet may take: {events.Addresses.Count:N0} objects and {events.Targets.Count:N0} references had come. Run limpet again with more memory, or where it may trace the process: it reads the heap then, and keeps no events.",
                exception);
        }
        catch (InvalidDataException exception)
        {
            return exception;
        }
        catch (Exception exception)
        {
            // What the stream or an event holds is the other process's doing.
            return new InvalidDataException($"its events cannot be read: {exception.Message}", exception);
        }
    }

    private void Read()
    {
        Exception? failure = FailureOf(pid, events, () =>
        {
            using EventPipeEventSource source = new(session.EventStream);
            Subscribe(source);
            source.Process();
            EventsLost = source.EventsLost;
        });
        if (failure is null)
        {
            ended.SetResult();
        }
        else
        {
            ended.SetException(failure);
        }
    }

    private void Subscribe(EventPipeEventSource source)
    {
        source.Clr.GCSuspendEEStart += data => stoppedAt = data.TimeStampRelativeMSec;
        source.Clr.GCRestartEEStop += data =>
        {
            if (events.HasEnd && Stall == TimeSpan.Zero && !double.IsNaN(stoppedAt))
            {
                Stall = TimeSpan.FromMilliseconds(data.TimeStampRelativeMSec - stoppedAt);
            }
        };
        source.Clr.GCStart += data => events.BeginCollection((uint)data.Count);
        source.Clr.GCStop += data => events.EndCollection((uint)data.Count);
        source.Clr.TypeBulkType += data => events.AddTypes(Payload(data));
        source.Clr.GCBulkNode += data => events.AddNodes(Payload(data));
        source.Clr.GCBulkEdge += data => events.AddEdges(Payload(data));
        source.Clr.GCBulkRootEdge += data => events.AddRoots(Payload(data));
        source.Clr.GCBulkRootConditionalWeakTableElementEdge += data => events.AddDependents(Payload(data));
        source.Clr.GCBulkRootStaticVar += data => events.AddStatics(Payload(data));
    }

    private static unsafe ReadOnlySpan<byte> Payload(TraceEvent data) => new((void*)data.DataStart, data.EventDataLength);
}
