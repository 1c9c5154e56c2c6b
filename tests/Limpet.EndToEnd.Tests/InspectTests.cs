using System.Text.Json;
using Limpet.Testing;

namespace Limpet.EndToEnd.Tests;

/// <summary>What fills the heap of a real program, as a user asks it.</summary>
public sealed class InspectTests
{
    [Fact]
    public void Inspect_AsyncPending_GroupsThemByWhatTheyAwait()
    {
        using TargetProcess process = TargetProcess.Start("async-pending");
        using JsonDocument json = Inspect($"{process.Id}");

        Dictionary<string, long> counts = json.RootElement.GetProperty("pendingOperations").EnumerateArray()
            .SelectMany(group => group.GetProperty("operations").EnumerateArray(), (group, operation) => ($"{operation.GetProperty("method").GetString()} awaits {group.GetProperty("awaits").GetString()}", operation.GetProperty("count").GetInt64()))
            .ToDictionary(entry => entry.Item1, entry => entry.Item2);

        Assert.Equal(12, counts["async OrderService.ReadAsync() awaits a task that a TaskCompletionSource must complete"]);
        Assert.Equal(12, counts["async OrderService.StartAsync() awaits OrderService.ReadAsync()"]);
        Assert.Equal(5, counts["async AsyncPendingTarget.WaitForGateAsync() awaits SemaphoreSlim.WaitAsync"]);
        Assert.Equal(1, counts["async AsyncPendingTarget.WatchAsync() awaits Task.WhenAll"]);
    }

    [Fact]
    public void Inspect_Timers_HaveTheCountOfTheRuntime()
    {
        using TargetProcess process = TargetProcess.Start("timers");
        using JsonDocument json = Inspect($"{process.Id}");

        Assert.Equal(long.Parse(process.Truth["Timer.ActiveCount"], System.Globalization.CultureInfo.InvariantCulture), json.RootElement.GetProperty("activeTimers").GetInt64());
        Dictionary<string, long> timers = json.RootElement.GetProperty("timers").EnumerateArray()
            .ToDictionary(timer => $"{timer.GetProperty("calls").GetString()}, {timer.GetProperty("schedule").GetString()}", timer => timer.GetProperty("count").GetInt64());
        Assert.Equal(6, timers["Task.Delay, once after 60 min"]);
        Assert.Equal(2, timers["CancelAfter, once after 60 min"]);
        Assert.Equal(2, timers["PeriodicTimer, every 60 min"]);
    }

    [Fact]
    public void Inspect_Finalizers_ListsThoseThatWaitWithWhatTheyKeep()
    {
        using TargetProcess process = TargetProcess.Start("finalizers");
        using JsonDocument json = Inspect($"{process.Id}");

        JsonElement queued = json.RootElement.GetProperty("finalizerQueue").EnumerateArray().Single(type => type.GetProperty("type").GetString()!.EndsWith("QueuedFinalizable", StringComparison.Ordinal));
        Assert.Equal(20, queued.GetProperty("count").GetInt64());
        Assert.Equal(20 * (24 + 24), queued.GetProperty("retainedBytes").GetInt64());
    }

    [Fact]
    public void Inspect_Mesh_IsOneComponentAndOneSuspect()
    {
        using TargetProcess process = TargetProcess.Start("mesh 20000");
        using JsonDocument json = Inspect($"{process.Id}");

        JsonElement component = json.RootElement.GetProperty("components")[0];
        Assert.Equal((1, 20_000, true), (component.GetProperty("count").GetInt32(), component.GetProperty("objects").GetInt32(), component.GetProperty("rooted").GetBoolean()));
        JsonElement suspect = json.RootElement.GetProperty("suspects")[0];
        Assert.Equal(("ManyAlike", "Limpet.TestTargets.MeshTarget.Knot", 20_000), (suspect.GetProperty("kind").GetString(), suspect.GetProperty("subject").GetString(), suspect.GetProperty("count").GetInt32()));
        Assert.Equal("static field Limpet.TestTargets.MeshTarget.s_mesh", suspect.GetProperty("container").GetString());
        Assert.Equal("Limpet.TestTargets.MeshTarget.Knot[]", suspect.GetProperty("pointType").GetString());
        JsonElement knots = TypeOf(json, "Limpet.TestTargets.MeshTarget.Knot");
        Assert.Equal((20_000, 20_000 * 56), (knots.GetProperty("count").GetInt32(), knots.GetProperty("bytes").GetInt64()));
    }

    [Fact]
    public void Inspect_LargePinnedAndFrozen_AreEachInTheirPlace()
    {
        using TargetProcess process = TargetProcess.Start("loh-poh-frozen");
        using JsonDocument json = Inspect($"{process.Id}", "--type", "LargeCargo");

        Dictionary<string, JsonElement> areas = json.RootElement.GetProperty("generations").EnumerateArray().ToDictionary(area => area.GetProperty("name").GetString()!);
        Assert.InRange(areas["Large"].GetProperty("bytes").GetInt64(), (3 * 100_000) + (2 * 160_000), 2_000_000);
        Assert.InRange(areas["Pinned"].GetProperty("objects").GetInt64(), 7, 100);
        Assert.True(areas["Frozen"].GetProperty("objects").GetInt64() > 0);
        Assert.Equal(["Limpet.TestTargets.LohPohFrozenTarget.LargeCargo[][]", "Limpet.TestTargets.LohPohFrozenTarget.LargeCargo[]", "Limpet.TestTargets.LohPohFrozenTarget.LargeCargo"], json.RootElement.GetProperty("types").EnumerateArray().Select(type => type.GetProperty("type").GetString()));
        JsonElement array = json.RootElement.GetProperty("largeArrays").EnumerateArray().First(found => found.GetProperty("type").GetString()!.EndsWith("LargeCargo[]", StringComparison.Ordinal));
        Assert.Equal((20_000, 20_000), (array.GetProperty("length").GetInt64(), array.GetProperty("filled").GetInt64()));
        Assert.Equal("static field Limpet.TestTargets.LohPohFrozenTarget.s_largeRefs", array.GetProperty("container").GetString());
    }

    [Fact]
    public void Inspect_OfTheFile_EqualsInspectOfTheProcess()
    {
        using TemporaryFolder folder = new();
        using TargetProcess process = TargetProcess.Start("closures");
        string file = folder.File("heap.limpet");
        CliProcess.Run("snapshot", $"{process.Id}", "-o", file, "--quiet").Expect(0);
        using JsonDocument fromFile = Inspect(file, "--top", "5000", "--type", "ClosuresTarget");
        using JsonDocument live = Inspect($"{process.Id}", "--top", "5000", "--type", "ClosuresTarget");

        Assert.Equal(live.RootElement.GetProperty("types").GetRawText(), fromFile.RootElement.GetProperty("types").GetRawText());
        Assert.True(fromFile.RootElement.GetProperty("types").GetArrayLength() > 3);
        Assert.Equal(file, fromFile.RootElement.GetProperty("heap").GetProperty("file").GetString());
        Assert.True(fromFile.RootElement.GetProperty("strings").GetProperty("count").GetInt64() > 100);
        Assert.Empty(fromFile.RootElement.GetProperty("blindSpots").EnumerateArray());
    }

    [Fact]
    public void Inspect_DuplicateStrings_AreToldByLengthAndHolderAndByTextOnlyOnRequest()
    {
        using TemporaryFolder folder = new();
        using TargetProcess process = TargetProcess.Start("texts 3000");
        string bare = folder.File("bare.limpet");
        string full = folder.File("full.limpet");
        CliProcess.Run("snapshot", $"{process.Id}", "-o", bare, "--quiet").Expect(0);
        CliProcess.Run("snapshot", $"{process.Id}", "-o", full, "--with-strings", "--quiet").Expect(0);
        using JsonDocument live = Inspect($"{process.Id}", "--with-strings", "--top", "1000");
        using JsonDocument fromFull = Inspect(full, "--top", "1000");
        using JsonDocument fromBare = Inspect(bare, "--top", "1000");

        // Ten lines have each of a hundred notes. Pages: four of 1.4 MB and two of 6 MB.
        JsonElement[] groups = [.. live.RootElement.GetProperty("duplicateStrings").EnumerateArray()];
        Assert.Equal([(3_000_000, 2, 6_000_024L), (700_000, 4, 3 * 1_400_024L)], groups.Take(2).Select(group => (group.GetProperty("length").GetInt32(), group.GetProperty("count").GetInt32(), group.GetProperty("savableBytes").GetInt64())));
        JsonElement note = groups.Single(group => group.GetProperty("text").GetString() == "gift, wrapped, card 07!!!!!!!");
        Assert.Equal((29, 10, 10, "field Limpet.TestTargets.TextsTarget.Line.Note"), (note.GetProperty("length").GetInt32(), note.GetProperty("count").GetInt32(), note.GetProperty("containerCount").GetInt32(), note.GetProperty("container").GetString()));
        Assert.Equal("Limpet.TestTargets.TextsTarget.s_lines", note.GetProperty("holder").GetProperty("root").GetProperty("name").GetString());
        Assert.Contains(groups, group => group.GetProperty("text").GetString() == "Server=shop-db;Password=***;Pooling=true");

        Assert.Equal(106, Texts(live).Length);
        Assert.Equal(Texts(live), Texts(fromFull));
        Assert.Equal(Figures(live), Figures(fromFull));
        Assert.Equal(Figures(live), Figures(fromBare));
        Assert.DoesNotContain(fromBare.RootElement.GetProperty("duplicateStrings").EnumerateArray(), group => group.TryGetProperty("text", out _));
        CliRun asked = CliProcess.Run("inspect", bare, "--with-strings").Expect(0);
        Assert.Contains("texts of strings: they were not kept when this file was written.", asked.Output, StringComparison.Ordinal);
        Assert.Contains("Duplicate strings: of ", asked.Output, StringComparison.Ordinal);

        // What the runtime holds may change between two captures.
        static IEnumerable<JsonElement> Own(JsonDocument json) => json.RootElement.GetProperty("duplicateStrings").EnumerateArray().Where(group => group.GetProperty("container").GetString()!.Contains(".TextsTarget.", StringComparison.Ordinal));
        static string[] Texts(JsonDocument json) => [.. Own(json).Select(group => group.GetProperty("text").GetString()!).Order(StringComparer.Ordinal)];
        static string[] Figures(JsonDocument json) => [.. Own(json).Select(group => $"{group.GetProperty("length")} {group.GetProperty("count")} {group.GetProperty("savableBytes")} {group.GetProperty("container")}").Order(StringComparer.Ordinal)];
    }

    [Fact]
    public void Inspect_Collections_HaveTheirElementsAndTheirField()
    {
        using TargetProcess process = TargetProcess.Start("collections");
        using JsonDocument json = Inspect($"{process.Id}", "--top", "1000");

        JsonElement[] collections = [.. json.RootElement.GetProperty("collections").EnumerateArray()];
        Assert.Equal(
            [
                "700 System.Collections.Concurrent.ConcurrentQueue<long> s_concurrent",
                "54 System.Collections.Generic.Deque<long> s_channel",
                "52 System.Collections.Concurrent.ConcurrentBag<long> s_bag",
                "49 System.Collections.Generic.OrderedDictionary<long, int> s_ordered",
                "48 System.Collections.ArrayList s_array",
            ],
            collections
                .Where(found => found.GetProperty("container").GetString()!.Contains(".CollectionsTarget.", StringComparison.Ordinal))
                .Select(found => $"{found.GetProperty("elements")} {found.GetProperty("type").GetString()} {found.GetProperty("container").GetString()!.Split('.')[^1]}")
                .Take(5));
        JsonElement list = collections.Single(found => found.GetProperty("container").GetString()!.EndsWith(".s_list", StringComparison.Ordinal));
        Assert.InRange(list.GetProperty("bytes").GetInt32(), 32 + 24 + (8 * 20), 32 + 24 + (8 * 32));
        Assert.Equal(list.GetProperty("bytes").GetInt32(), list.GetProperty("retainedBytes").GetInt32());
    }

    [Fact]
    public void Inspect_OfAGcDump_SaysThatItHasNoStrings()
    {
        using TemporaryFolder folder = new();
        using TargetProcess process = TargetProcess.Start("closures");
        string file = folder.File("heap.gcdump");
        CliProcess.Run("convert", $"{process.Id}", "-o", file, "--quiet").Expect(0);
        using JsonDocument json = Inspect(file, "--with-strings");

        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("strings").ValueKind);
        Assert.Empty(json.RootElement.GetProperty("duplicateStrings").EnumerateArray());
        Assert.Empty(json.RootElement.GetProperty("collections").EnumerateArray());
        Assert.StartsWith("duplicate strings: this source holds neither texts of strings nor hashes of them", json.RootElement.GetProperty("blindSpots")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Inspect_Text_NamesTheNextCommand()
    {
        using TargetProcess process = TargetProcess.Start("linked-list 200000");
        CliRun run = CliProcess.Run("inspect", $"{process.Id}", "--top", "3").Expect(0);

        Assert.Contains("200,000 × Limpet.TestTargets.LinkedListTarget.Link in static field Limpet.TestTargets.LinkedListTarget.s_head", run.Output, StringComparison.Ordinal);
        Assert.EndsWith($"next: limpet why {process.Id} Limpet.TestTargets.LinkedListTarget.Link\n", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("limpet: --sort is \"size\", and must be retained, bytes or count.\n", "--sort", "size")]
    [InlineData("limpet: --top is \"0\", and must be a number from 1 to 100000.\n", "--top", "0")]
    public void Inspect_WrongOption_SaysWhatItMustBe(string error, params string[] options) =>
        Assert.Equal(error, CliProcess.Run(["inspect", "/nowhere.limpet", .. options]).Expect(2).Error);

    private static JsonElement TypeOf(JsonDocument json, string type) =>
        json.RootElement.GetProperty("types").EnumerateArray().Single(entry => entry.GetProperty("type").GetString() == type);

    [Fact]
    public void Inspect_Memory_AddsUpToTheResidentMemory()
    {
        using TargetProcess process = TargetProcess.Start("memory-uses");
        using JsonDocument json = Inspect($"{process.Id}", "--memory");

        JsonElement memory = json.RootElement.GetProperty("memory");
        Assert.Equal(memory.GetProperty("rssBytes").GetInt64(), memory.GetProperty("rows").EnumerateArray().Sum(row => row.GetProperty("bytes").GetInt64()));
        JsonElement native = memory.GetProperty("rows").EnumerateArray().Single(row => row.GetProperty("use").GetString() == "NativeInUse");
        Assert.StartsWith("limpet hunt says whether it grows with use", native.GetProperty("nextStep").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Inspect_MemoryOfAFile_SaysThatItNeedsAProcess() => Assert.Contains(
        "shop.limpet is no process id, and --memory is of a running process",
        CliProcess.Run("inspect", "shop.limpet", "--memory").Expect(2).Error,
        StringComparison.Ordinal);

    private static JsonDocument Inspect(string source, params string[] options)
    {
        CliRun run = CliProcess.Run(["inspect", source, "--json", "-", .. options]).Expect(0);
        Assert.Empty(JsonSchema.Violations(run.Output));
        return JsonDocument.Parse(run.Output);
    }
}
