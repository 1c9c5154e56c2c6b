using System.Diagnostics.Tracing;
using System.Globalization;
using Limpet.Results;
using Microsoft.Diagnostics.NETCore.Client;
using Microsoft.Diagnostics.Tracing;

namespace Limpet.Capture.Counters;

/// <summary>
/// Listens to the counters of a .NET process through its diagnostics port: those of the runtime, and the instruments of all meters. The process is neither
/// changed nor stopped; its runtime publishes for as long as somebody listens, on two threads of its own (one sends, one asks the counters).
/// </summary>
public sealed class CounterSession : IDisposable
{
    private const int BufferMegabytes = 1;
    private const int MostTimeSeries = 200;
    private static readonly TimeSpan EndDeadline = TimeSpan.FromSeconds(1);
    private readonly EventPipeSession session;
    private readonly Thread reader;
    private readonly Action<CounterValue> onValue;
    private volatile bool disposed;

    private CounterSession(EventPipeSession session, int pid, Action<CounterValue> onValue)
    {
        this.session = session;
        this.onValue = onValue;
        reader = new Thread(Read) { IsBackground = true, Name = string.Create(CultureInfo.InvariantCulture, $"limpet counters {pid}") };
        reader.Start();
    }

    /// <summary>Why no more values come; null while they do, and where the process just ended.</summary>
    public string? Trouble { get; private set; }

    /// <summary>Whether no more values come: the process has ended.</summary>
    public bool HasEnded => !reader.IsAlive;

    /// <summary>Begins to listen.</summary>
    /// <param name="pid">The process.</param>
    /// <param name="interval">How often the process is to publish, in whole seconds; 1 s at least.</param>
    /// <param name="onValue">Called for each value, on a thread of the session.</param>
    /// <param name="cancellation">Gives up waiting for the process to answer.</param>
    /// <exception cref="LimpetException">Its diagnostics port is switched off, is another user's, or does not answer.</exception>
    /// <exception cref="OperationCanceledException">It did not answer in time.</exception>
    public static async Task<CounterSession> StartAsync(int pid, TimeSpan interval, Action<CounterValue> onValue, CancellationToken cancellation)
    {
        string seconds = Math.Max(1, (long)interval.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        string id = Guid.NewGuid().ToString();
        EventPipeProvider[] providers =
        [
            new(CounterEvents.Runtime, EventLevel.Informational, 0, new Dictionary<string, string> { ["EventCounterIntervalSec"] = seconds }),
            new(CounterEvents.Metrics, EventLevel.Informational, 2, new Dictionary<string, string>
            {
                ["SessionId"] = "SHARED",
                ["ClientId"] = id,
                ["Metrics"] = Meters,
                ["RefreshInterval"] = seconds,
                ["MaxTimeSeries"] = MostTimeSeries.ToString(CultureInfo.InvariantCulture),
                ["MaxHistograms"] = "20",
            }),
        ];
        try
        {
            EventPipeSession session = await new DiagnosticsClient(pid).StartEventPipeSessionAsync(providers, requestRundown: false, BufferMegabytes, cancellation);
            return new CounterSession(session, pid, onValue);
        }
        catch (Exception exception) when (DiagnosticsPort.IsTransport(exception))
        {
            throw DiagnosticsPort.Refused($"The counters of process {pid} cannot be read", exception);
        }
    }

    /// <summary>Stops listening; the process publishes no more.</summary>
    public void Dispose()
    {
        disposed = true;
        try
        {
            // A process that hangs, or has ended, does not answer; closing the stream tells it as well.
            using CancellationTokenSource limit = new(EndDeadline);
            session.StopAsync(limit.Token).GetAwaiter().GetResult();
        }
        catch (Exception exception) when (DiagnosticsPort.IsTransport(exception) || exception is OperationCanceledException)
        {
            Trouble ??= exception.Message;
        }

        session.Dispose();
        reader.Join(EndDeadline);
    }

    /// <summary>Every meter, as .NET 9 and later understand it, and those of the framework by name, as .NET 8 does.</summary>
    private static string Meters => "*,Microsoft.AspNetCore.Hosting,Microsoft.AspNetCore.Server.Kestrel,Microsoft.AspNetCore.Http.Connections,System.Net.Http,System.Net.NameResolution,Microsoft.Extensions.Diagnostics.ResourceMonitoring,Microsoft.EntityFrameworkCore,Npgsql";

    private void Read()
    {
        try
        {
            using EventPipeEventSource source = new(session.EventStream);
            source.Dynamic.All += data => CounterEvents.Read(data, onValue);
            source.Process();
        }
        catch (Exception exception) when (!disposed)
        {
            // The end of the process in the middle of a block looks like a broken stream.
            Trouble = $"{exception.GetType().Name}: {exception.Message}";
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            Trouble = null; // closed by Dispose
        }
    }
}
