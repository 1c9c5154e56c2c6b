using System.Runtime.CompilerServices;
using Serilog;
using Serilog.Context;
using Serilog.Core;

namespace Limpet.TestTargets.Hard.Leaking;

/// <summary>
/// Lines of the log carry the shipment, by Serilog's LogContext. The handler pushes the shipment and leaves before it would pop it: the
/// stack of properties of the thread's execution context grows at its head: 1 ShipmentReference, in an enricher, in an EnricherStack,
/// per operation.
/// </summary>
/// <remarks><code>
/// thread ─_executionContext→ ExecutionContext ─→ AsyncLocalValueMap ─→ EnricherStack ─_under→ EnricherStack ─_under→ …
///     ─_top→ PropertyEnricher ─_value→ ShipmentReference
/// </code></remarks>
internal sealed class ShipmentTracing : HardLeak
{
    private readonly ShipmentHandler _handler = new(new LoggerConfiguration().Enrich.FromLogContext().WriteTo.Sink(new QuietSink()).CreateLogger());

    public override Truth Truth => Truth.Leak(
        "ShipmentHandler pushes a property to Serilog's LogContext for every shipment and does not dispose what it got, so the AsyncLocal stack grows.",
        "Serilog 3.1.1",
        new FindingTruth(["ManagedLeak"], typeof(ShipmentReference).FullName!, "EnricherStack", "ExecutionContext") { PerOperation = 1 });

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number) => _handler.Handle(number);
}

internal sealed record ShipmentReference(string Carrier, int Number);

internal sealed class QuietSink : ILogEventSink
{
    private int _events;

    public void Emit(Serilog.Events.LogEvent logEvent) => _events++;
}

internal sealed class ShipmentHandler(ILogger log)
{
    public void Handle(int shipment)
    {
        ShipmentReference reference = new(shipment % 2 == 0 ? "north" : "south", shipment);
        Subjects.Add(reference);
        LogContext.PushProperty("Shipment", reference);
        if (shipment % 100 == 0)
        {
            log.Warning("Shipment {Number} is late", shipment);
        }
    }
}
