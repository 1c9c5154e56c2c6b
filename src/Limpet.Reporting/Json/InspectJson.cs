using System.Text.Json;
using Limpet.Results;

namespace Limpet.Reporting.Json;

/// <summary>Writes what <c>inspect</c> adds to the envelope.</summary>
internal static class InspectJson
{
    public static void Write(Utf8JsonWriter json, InspectResult inspect)
    {
        HeapContents contents = inspect.Contents;
        HeapJson.Write(json, inspect.Heap);
        json.Objects("generations", contents.Generations, Area);
        json.Objects("types", contents.Types, Type);
        json.WriteNumber("omittedTypes", contents.OmittedTypes);
        json.Objects("suspects", contents.Suspects, Suspect);
        json.WriteNumber("omittedSuspects", contents.OmittedSuspects);
        json.Tallies("roots", "kind", contents.Roots);
        json.Objects("threads", contents.Threads, Thread);
        json.WriteNumber("omittedThreads", contents.OmittedThreads);
        json.Objects("components", contents.Components, Component);
        json.WriteNumber("omittedComponents", contents.OmittedComponents);
        json.Objects("pendingOperations", contents.PendingOperations, Pending);
        json.Objects("timers", contents.Timers, Timer);
        json.WriteNumber("activeTimers", contents.ActiveTimers);
        json.Objects("finalizerQueue", contents.FinalizerQueue, Type);
        json.Objects("largeArrays", contents.LargeArrays, Array);
        json.Objects("collections", contents.Collections, Collection);
        json.WriteNumber("omittedCollections", contents.OmittedCollections);
        if (contents.Strings is { } strings)
        {
            json.WriteStartObject("strings");
            json.WriteNumber("count", strings.Count);
            json.WriteNumber("bytes", strings.Bytes.Bytes);
            json.WriteNumber("repeatedTexts", strings.RepeatedTexts);
            json.WriteNumber("savableBytes", strings.Savable.Bytes);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("strings");
        }

        json.Objects("duplicateStrings", contents.DuplicateStrings, Duplicate);
        json.WriteNumber("omittedDuplicateStrings", contents.OmittedDuplicateStrings);
        if (inspect.Memory is { } memory)
        {
            MemoryJson.Write(json, memory);
        }
    }

    private static void Area(Utf8JsonWriter json, HeapArea area)
    {
        json.WriteString("name", area.Name);
        json.WriteNumber("segments", area.Segments);
        json.WriteNumber("objects", area.Objects);
        json.WriteNumber("bytes", area.Bytes.Bytes);
        json.WriteNumber("garbageObjects", area.GarbageObjects);
        json.WriteNumber("garbageBytes", area.GarbageBytes.Bytes);
        json.WriteNumber("freeBytes", area.FreeBytes.Bytes);
    }

    private static void Type(Utf8JsonWriter json, TypeUse type)
    {
        json.WriteString("type", type.Type);
        json.OptionalText("fullType", type.FullType);
        json.WriteNumber("count", type.Count);
        json.WriteNumber("bytes", type.Bytes.Bytes);
        json.WriteNumber("retainedBytes", type.Retained.Bytes);
    }

    private static void Suspect(Utf8JsonWriter json, HeapSuspect suspect)
    {
        json.WriteString("kind", suspect.Kind.ToString());
        json.WriteString("subject", suspect.Subject);
        json.WriteNumber("count", suspect.Count);
        json.Tallies("mostly", "type", suspect.Mostly);
        json.WriteNumber("retainedBytes", suspect.Retained.Bytes);
        json.Number("share", suspect.Share);
        json.WriteString("container", suspect.Container);
        json.WriteString("containerType", suspect.ContainerType);
        json.WriteString("pointType", suspect.PointType);
        json.Address("pointAddress", suspect.PointAddress);
        json.WriteString("leaking", suspect.Leaking.ToString());
        json.WriteString("reason", suspect.Reason);
        HolderJson.Write(json, suspect.Holder);
        json.WriteString("signature", suspect.Signature);
        json.OptionalText("hint", suspect.Hint);
        SourceJson.Write(json, suspect.Source);
    }

    private static void Thread(Utf8JsonWriter json, HeapThread thread)
    {
        json.WriteNumber("threadId", thread.ThreadId);
        json.WriteNumber("roots", thread.Roots);
        json.WriteNumber("objects", thread.Objects);
        json.WriteNumber("bytes", thread.Bytes.Bytes);
        json.Texts("methods", thread.Methods);
    }

    private static void Component(Utf8JsonWriter json, CycleGroup component)
    {
        json.WriteNumber("count", component.Count);
        json.WriteNumber("objects", component.Objects);
        json.WriteNumber("mutualPairs", component.MutualPairs);
        json.WriteBoolean("rooted", component.Rooted);
        json.WriteNumber("bytes", component.Bytes.Bytes);
        json.Tallies("types", "type", component.Types);
    }

    private static void Pending(Utf8JsonWriter json, PendingOperationGroup group)
    {
        json.WriteString("awaits", group.Awaits);
        json.WriteNumber("count", group.Count);
        json.Tallies("operations", "method", group.Operations);
        json.Objects("roots", group.Roots, (_, root) =>
        {
            json.WriteString("kind", root.Root.Kind);
            json.WriteString("name", root.Root.Name);
            json.WriteNumber("count", root.Count);
        });
    }

    private static void Timer(Utf8JsonWriter json, TimerGroup timer)
    {
        json.WriteString("calls", timer.Calls);
        json.WriteString("schedule", timer.Schedule);
        json.WriteNumber("count", timer.Count);
    }

    private static void Duplicate(Utf8JsonWriter json, DuplicateString group)
    {
        json.WriteNumber("length", group.Length);
        json.Address("hash", group.Hash);
        json.OptionalText("text", group.Text);
        json.WriteNumber("count", group.Count);
        json.WriteNumber("bytes", group.Bytes.Bytes);
        json.WriteNumber("savableBytes", group.Savable.Bytes);
        json.WriteString("container", group.Container);
        json.WriteNumber("containerCount", group.ContainerCount);
        HolderJson.Write(json, group.Holder);
    }

    private static void Collection(Utf8JsonWriter json, FullCollection collection)
    {
        json.WriteString("type", collection.Type);
        json.Address("address", collection.Address);
        json.WriteNumber("elements", collection.Elements);
        json.WriteNumber("bytes", collection.Bytes.Bytes);
        json.WriteNumber("retainedBytes", collection.Retained.Bytes);
        json.WriteString("container", collection.Container);
    }

    private static void Array(Utf8JsonWriter json, LargeArray array)
    {
        json.WriteString("type", array.Type);
        json.Address("address", array.Address);
        json.WriteNumber("bytes", array.Bytes.Bytes);
        json.WriteString("container", array.Container);
        json.OptionalNumber("length", array.Length);
        json.OptionalNumber("filled", array.Filled);
    }
}
