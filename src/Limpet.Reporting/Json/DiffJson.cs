using System.Text.Json;
using Limpet.Results;

namespace Limpet.Reporting.Json;

/// <summary>Writes what <c>diff</c> adds to the envelope.</summary>
internal static class DiffJson
{
    public static void Write(Utf8JsonWriter json, DiffResult diff)
    {
        json.Objects("heaps", diff.Heaps, Heap);
        json.Objects("containers", diff.Containers, (_, container) =>
        {
            json.WriteString("container", container.Container);
            json.WriteString("containerType", container.ContainerType);
            json.WriteString("subject", container.Subject);
            Delta(json, container.Delta);
            json.WriteString("path", container.Path);
        });
        json.WriteNumber("omittedContainers", diff.OmittedContainers);
        json.Objects("contents", diff.Contents, (_, content) =>
        {
            json.WriteString("container", content.Container);
            json.WriteString("type", content.Type);
            json.WriteString("path", content.Path);
            json.WriteNumber("elementsDelta", content.ElementsDelta);
            Numbers(json, "elements", content.Elements);
        });
        json.WriteNumber("omittedContents", diff.OmittedContents);
        json.Objects("types", diff.Types, (_, type) =>
        {
            json.WriteString("type", type.Type);
            Delta(json, type.Delta);
        });
        json.WriteNumber("omittedTypes", diff.OmittedTypes);
        json.Objects("paths", diff.Paths, (_, path) =>
        {
            json.WriteString("path", path.Path);
            json.WriteString("type", path.Type);
            Delta(json, path.Delta);
        });
        json.WriteNumber("omittedPaths", diff.OmittedPaths);
    }

    private static void Heap(Utf8JsonWriter json, ComparedHeap heap)
    {
        json.WriteString("source", heap.Source);
        json.WriteNumber("objects", heap.Objects);
        json.WriteNumber("bytes", heap.Bytes.Bytes);
        json.WriteBoolean("complete", heap.IncompleteReason is null);
        json.WriteString("incompleteReason", heap.IncompleteReason);
        json.WriteString("way", heap.Way is { } way ? CaptureWays.NameOf(way) : null);
    }

    private static void Delta(Utf8JsonWriter json, Delta delta)
    {
        json.WriteString("change", delta.Change.ToString());
        json.WriteNumber("countDelta", delta.CountDelta);
        json.WriteNumber("bytesDelta", delta.BytesDelta.Bytes);
        Numbers(json, "counts", delta.Counts);
        Numbers(json, "bytes", delta.Bytes);
    }

    private static void Numbers(Utf8JsonWriter json, string name, IEnumerable<long> values)
    {
        json.WriteStartArray(name);
        foreach (long value in values)
        {
            json.WriteNumberValue(value);
        }

        json.WriteEndArray();
    }
}
