using System.Globalization;
using System.Text.Json;
using Limpet.Results;

namespace Limpet.Reporting.Json;

/// <summary>Writes heaps and addresses: the same shape in every result.</summary>
internal static class HeapJson
{
    public static void Write(Utf8JsonWriter json, HeapSummary heap)
    {
        json.WriteStartObject("heap");
        json.WriteNumber("objects", heap.Objects);
        json.WriteNumber("bytes", heap.Bytes.Bytes);
        json.WriteNumber("references", heap.References);
        json.WriteNumber("roots", heap.Roots);
        json.WriteBoolean("complete", heap.Complete);
        json.WriteString("incompleteReason", heap.IncompleteReason);
        json.WriteString("file", heap.File);
        json.WriteEndObject();
    }

    /// <summary>An address as text: not every reader of JSON keeps all bits of a 64-bit number.</summary>
    public static void Address(this Utf8JsonWriter json, string name, ulong? address) =>
        json.WriteString(name, address is { } value ? "0x" + value.ToString("x", CultureInfo.InvariantCulture) : null);

    /// <summary>Numbers by name, as objects of a name and a count.</summary>
    public static void Tallies(this Utf8JsonWriter json, string list, string name, IEnumerable<NamedTally> tallies) => json.Objects(list, tallies, (_, tally) =>
    {
        json.WriteString(name, tally.Name);
        json.WriteNumber("count", tally.Count);
    });
}
