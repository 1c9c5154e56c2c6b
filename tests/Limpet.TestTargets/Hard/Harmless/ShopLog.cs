using System.Runtime.CompilerServices;
using Serilog;
using Serilog.Context;
using Serilog.Core;
using Serilog.Events;

namespace Limpet.TestTargets.Hard.Harmless;

/// <summary>
/// Logs four lines per operation. Whoever wrote them put the order's number into the template instead of beside it, so each is a new template
/// to Serilog, which caches parsed templates: 4 more per operation, until there are 1,000 and it drops all of them.
/// </summary>
internal sealed class ShopLog : HarmlessTarget
{
    private const int Lines = 4;

    private readonly RecentEvents _recent = new();
    private Logger? _log;

    public override Truth Truth => Truth.Harmless(
        "Serilog empties its cache of templates when it has 1,000, and the sink keeps 200 events.", "Serilog 3.1.1", "Clean", "Bounded");

    /// <summary>The templates in the cache; the events in the sink have the newest of the same.</summary>
    protected override double Cap => 1_000 + RecentEvents.Kept;

    /// <summary>1,000 templates.</summary>
    protected override int CheckedOperations => 250;

    public override string Build()
    {
        _log = new LoggerConfiguration().Enrich.FromLogContext().WriteTo.Sink(_recent).CreateLogger();
        return "";
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        RequestSeal.Of(number);
        using (LogContext.PushProperty("Order", number))
        {
            for (int line = 0; line < Lines; line++)
            {
                _log!.Information($"Order {number}, line {line} was packed by {{Packer}}", $"packer {number % 12}");
                Subjects.Add(_recent.Newest.MessageTemplate);
            }
        }
    }
}

internal sealed class RecentEvents : ILogEventSink
{
    public const int Kept = 200;

    private readonly LogEvent?[] _events = new LogEvent?[Kept];
    private int _next;

    public LogEvent Newest => _events[(_next - 1) % Kept]!;

    public void Emit(LogEvent logEvent) => _events[_next++ % Kept] = logEvent;
}
