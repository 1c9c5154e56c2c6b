using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Limpet.Checks;
using Limpet.Results;
using Limpet.Tool;

namespace Limpet.Tracking;

/// <summary>Asks the tool about the heap of this process.</summary>
internal static class HeapQuestions
{
    /// <summary>How many objects of a type there are.</summary>
    /// <exception cref="LimpetException">There is no answer.</exception>
    public static HeapInstances Census(Type type)
    {
        if (type.IsInterface)
        {
            throw new LimpetException($"{TypeSpelling.Of(type)} is an interface, and a census counts the objects of a class and its subclasses. Count the classes that implement it.");
        }

        using ToolSession session = ToolSession.Open(tool: null);
        JsonElement answer = session.Ask(json =>
        {
            json.WriteString("do", "census");
            json.WriteString("type", TypeSpelling.InRuntime(type));
        });
        TraceOrigin origin = TraceOrigin.Read(answer);
        return answer.TryGetProperty("incomplete", out JsonElement incomplete) ? throw new LimpetException(Trouble.NotRun, $"The heap could not be counted: {incomplete.GetString()}. Try again.")
            : origin.Way == CaptureWay.EventPipe && LoadedTypes.DerivedFrom(type) is { } derived ? throw new LimpetException(Trouble.Refused, WithoutBases(type, derived, origin))
            : new HeapInstances(answer.GetProperty("live").GetInt64(), new ByteSize(answer.GetProperty("bytes").GetInt64()), answer.TryGetProperty("garbage", out JsonElement garbage) ? garbage.GetInt64() : null)
            {
                Way = origin.Way,
                Refusals = origin.Refusals,
            };
    }

    /// <summary>The cycles that objects are part of.</summary>
    /// <exception cref="LimpetException">There is no answer.</exception>
    public static ImmutableArray<CycleGroup> Cycles(ImmutableArray<nint> handles)
    {
        using ToolSession session = ToolSession.Open(tool: null);
        JsonElement answer = session.Ask(json =>
        {
            json.WriteString("do", "cycles");
            json.WriteStartArray("handles");
            foreach (nint handle in handles)
            {
                json.WriteStringValue(handle.ToString("x", CultureInfo.InvariantCulture));
            }

            json.WriteEndArray();
        });
        return
        [
            .. answer.GetProperty("cycles").EnumerateArray().Select(cycle => new CycleGroup(
                cycle.GetProperty("count").GetInt64(),
                cycle.GetProperty("objects").GetInt32(),
                cycle.GetProperty("mutualPairs").GetInt64(),
                cycle.GetProperty("rooted").GetBoolean(),
                new ByteSize(cycle.GetProperty("bytes").GetInt64()),
                [.. cycle.GetProperty("types").EnumerateArray().Select(type => new NamedTally(type.GetProperty("name").GetString()!, type.GetProperty("count").GetInt64()))])),
        ];
    }

    private static string WithoutBases(Type type, Type derived, TraceOrigin origin) => string.Join(
        ' ',
        [
            .. origin.Refusals,
            $"The events of its runtime do not say what a type is based on, and {TypeSpelling.Of(derived)} derives from {TypeSpelling.Of(type)}. Count classes that nothing derives from, or run the test where its memory can be read.",
        ]);
}
