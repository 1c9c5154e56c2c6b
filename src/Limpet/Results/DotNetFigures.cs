using System.Collections.Immutable;

namespace Limpet.Results;

/// <summary>What a .NET process published of itself while it was watched.</summary>
public sealed record DotNetFigures
{
    /// <summary>Why there is nothing, or no more; null where everything could be read.</summary>
    public string? Refusal { get; init; }

    /// <summary>The interval in which it published, in seconds; rates are of such an interval.</summary>
    public double IntervalSeconds { get; init; }

    /// <summary>The counters of the runtime, by name.</summary>
    public ImmutableArray<CounterFigure> Counters { get; init; } = [];

    /// <summary>The instruments of its meters, by meter and name.</summary>
    public ImmutableArray<CounterFigure> Meters { get; init; } = [];

    /// <summary>A counter of the runtime; null when it was not published.</summary>
    /// <param name="name">Its name, such as <c>gc-heap-size</c>.</param>
    public CounterFigure? Counter(string name) => Counters.FirstOrDefault(counter => counter.Name == name);
}
