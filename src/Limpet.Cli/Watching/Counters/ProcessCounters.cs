using Limpet.Capture.Counters;
using Limpet.Results;
using Limpet.Text;

namespace Limpet.Cli.Watching.Counters;

/// <summary>The counters of one .NET process, as far as they came. Values come on the thread of the session.</summary>
internal sealed class ProcessCounters : IDisposable
{
    /// <summary>How long the runtime may take to answer that it publishes.</summary>
    private static readonly TimeSpan AnswerDeadline = TimeSpan.FromSeconds(5);

    private const int MostSeries = 400;
    private const string Runtime = "System.Runtime";

    /// <summary>What the last collection left. Before the first one it is 0, and says nothing.</summary>
    private static readonly HashSet<string> OfCollections = new(["gc-committed", "gc-fragmentation", "gen-0-size", "gen-1-size", "gen-2-size", "loh-size", "poh-size"], StringComparer.Ordinal);

    private readonly Dictionary<(string Source, string Name, string Tags), CounterFigure> figures = [];
    private readonly Lock gate = new();
    private readonly CancellationTokenSource end = new();
    private readonly TimeSpan interval;
    private readonly bool redact;
    private readonly Task<CounterSession?> session;
    private string? refusal;

    private ProcessCounters(TimeSpan interval, bool redact, string? refusal)
    {
        (this.interval, this.redact, this.refusal) = (interval, redact, refusal);
        session = Task.FromResult<CounterSession?>(null);
    }

    private ProcessCounters(int pid, TimeSpan interval, bool redact)
    {
        (this.interval, this.redact) = (interval, redact);
        session = Task.Run(() => ListenAsync(pid));
    }

    /// <summary>Completes when the process has answered, or has not.</summary>
    public Task Ready => session;

    /// <summary>Asks a process to publish. It answers when it can.</summary>
    public static ProcessCounters Listen(int pid, TimeSpan interval, bool redact) => new(pid, interval, redact);

    /// <summary>A process that cannot be asked.</summary>
    public static ProcessCounters Refused(string reason) => new(default, redact: true, reason);

    /// <summary>Takes a value.</summary>
    public void Take(CounterValue value)
    {
        lock (gate)
        {
            bool isRate = value.Kind == CounterKind.Increment;
            var key = (value.Source, value.Name, value.Tags);
            if (figures.TryGetValue(key, out CounterFigure? known))
            {
                figures[key] = known with { Last = value.Value, Max = Math.Max(known.Max, value.Value), Total = known.Total + (isRate ? value.Value : 0) };
            }
            else if (figures.Count < MostSeries && (value.Value != 0 || !OfCollections.Contains(value.Name)))
            {
                figures[key] = new CounterFigure(value.Source, value.Name, Shown(value.Tags), value.Unit, isRate, value.Value, value.Value, value.Value, isRate ? value.Value : 0);
            }
        }
    }

    /// <summary>What has come so far.</summary>
    public DotNetFigures Figures()
    {
        lock (gate)
        {
            CounterFigure[] all = [.. figures.Values.OrderBy(figure => figure.Source, StringComparer.Ordinal).ThenBy(figure => figure.Name, StringComparer.Ordinal).ThenBy(figure => figure.Tags, StringComparer.Ordinal)];
            return new DotNetFigures
            {
                Refusal = refusal ?? (all.Length == 0 ? "it ended, or was watched for too short, before it published anything" : null),
                IntervalSeconds = interval.TotalSeconds,
                Counters = [.. all.Where(figure => figure.Source == Runtime && figure.Tags.Length == 0 && figure.Name.Contains('-', StringComparison.Ordinal))],
                Meters = [.. all.Where(figure => figure.Source != Runtime)],
            };
        }
    }

    public void Dispose()
    {
        end.Cancel();
        session.GetAwaiter().GetResult()?.Dispose();
        end.Dispose();
    }

    private async Task<CounterSession?> ListenAsync(int pid)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(end.Token);
        limit.CancelAfter(AnswerDeadline);
        try
        {
            return await CounterSession.StartAsync(pid, interval, Take, limit.Token);
        }
        catch (LimpetException exception)
        {
            Refuse(exception.Message);
        }
        catch (OperationCanceledException)
        {
            Refuse(end.IsCancellationRequested ? null : $"its diagnostics port did not answer within {AnswerDeadline.TotalSeconds:0} s");
        }

        return null;
    }

    private void Refuse(string? reason)
    {
        lock (gate)
        {
            refusal = reason;
        }
    }

    private string Shown(string tags) => redact ? Redaction.Text(tags) : tags;
}
