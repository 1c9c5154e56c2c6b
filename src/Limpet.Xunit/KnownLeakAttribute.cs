using System.Globalization;
using System.Runtime.CompilerServices;
using Limpet.KnownLeaks;
using Xunit;
using Xunit.v3;

namespace Limpet.Xunit;

/// <summary>
/// A fact that leaks, and is known to: it passes only while the leak is there for the declared reason. Stands in the place of <c>[Fact]</c>. A test that is clean
/// fails with "fixed: remove the mark".
/// </summary>
/// <param name="id">The mark, such as <c>MEMLEAK-FIX-1</c>.</param>
/// <param name="sourceFilePath">Given by the compiler.</param>
/// <param name="sourceLineNumber">Given by the compiler.</param>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer(typeof(KnownLeakDiscoverer))]
public sealed class KnownLeakAttribute(string id, [CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
    : FactAttribute(sourceFilePath, sourceLineNumber), ITraitAttribute
{
    /// <summary>The mark.</summary>
    public string Id { get; } = id;

    /// <summary>The type that leaks; null for any.</summary>
    public Type? Type { get; set; }

    /// <summary>Words that its retention trace must have, such as <c>PriceBus.Changed</c>; null for any.</summary>
    public string? Holder { get; set; }

    /// <summary>The last day on which the leak is accepted, as <c>2026-12-31</c>; null for no end.</summary>
    public string? Until { get; set; }

    /// <inheritdoc/>
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new(TestTraits.KnownLeak, Id), new(TestTraits.MemoryLeak, "true")];

    internal KnownLeak ToLeak() => new(Id)
    {
        Type = Type,
        Holder = Holder,
        Until = Until is null ? null : DateOnly.ParseExact(Until, "yyyy-MM-dd", CultureInfo.InvariantCulture),
    };
}
