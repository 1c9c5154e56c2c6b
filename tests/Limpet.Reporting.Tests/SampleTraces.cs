using Limpet.Results;

namespace Limpet.Reporting.Tests;

/// <summary>Traces of the samples.</summary>
internal static class SampleTraces
{
    public static RetentionTrace Bus { get; } = new(
        new TraceRoot("StaticField", "Shop.Bus.Changed"),
        [
            new TraceElement("System.EventHandler", "_target", "Field", LeakingStatus.No, "Bus is used by every round") { Meaning = "event handler, delegate target", Suspect = true },
            new TraceElement("Shop.OrderView", null, null, LeakingStatus.Yes, "+1.00 per operation in 8 of 8 rounds"),
        ]);

    public static RetentionTrace Store { get; } = new(
        new TraceRoot("StaticField", "Shop.Store.orders"),
        [
            new TraceElement("System.Collections.Generic.List<Shop.Order>", "_items", "Field", LeakingStatus.Unknown, "one capture does not tell") { Meaning = "list elements" },
            new TraceElement("Shop.Order", null, null, LeakingStatus.Unknown, "one capture does not tell"),
        ]);

    /// <summary>Lines wherever there may be one, and a name that was shortened.</summary>
    public static RetentionTrace WithLines { get; } = new(
        new TraceRoot("Stack", "Shop.Worker.Run") { Source = new SourceLine("Worker.cs", 7) },
        [new TraceElement("Shop.Tuple<…>", null, null, LeakingStatus.Unknown, "one capture does not tell") { Source = new SourceLine("Tuple.cs", 1), FullType = "Shop.Tuple<System.String>" }]);

    public static RetentionTrace OfThreads { get; } = new(
        new TraceRoot("ThreadStatic", "Shop.Session.current") { Threads = "12 threads, 11 of the pool" },
        [new TraceElement("Shop.Session", null, null, LeakingStatus.Unknown, "one capture does not tell")]);
}
