using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Limpet.Results;
using Limpet.Tool;

namespace Limpet.Tracking;

/// <summary>Asks the tool about the heap of this process.</summary>
internal static class HeapQuestions
{
    /// <summary>How many objects of a type there are.</summary>
    /// <exception cref="LimpetException">There is no answer.</exception>
    public static HeapInstances Census(string type)
    {
        using ToolSession session = ToolSession.Open(tool: null);
        JsonElement answer = session.Ask(json =>
        {
            json.WriteString("do", "census");
            json.WriteString("type", type);
        });
        return answer.TryGetProperty("incomplete", out JsonElement incomplete)
            ? throw new LimpetException(Trouble.NotRun, $"The heap could not be counted: {incomplete.GetString()}. Try again.")
            : new HeapInstances(answer.GetProperty("live").GetInt64(), new ByteSize(answer.GetProperty("bytes").GetInt64()), answer.GetProperty("garbage").GetInt64());
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
}
