using System.Text.Json;
using Limpet.Testing;

namespace Limpet.EndToEnd.Tests;

/// <summary>What grew between heaps of a real program, as a user asks it.</summary>
public sealed class DiffTests
{
    [Fact]
    public void Diff_OfALeak_NamesTheContainerThatGrew()
    {
        using TemporaryFolder folder = new();
        using TargetProcess process = TargetProcess.Start("dictionary-entry leaky");
        string before = Snapshot(process, folder, "before.limpet");
        Operate(process, 40);
        string after = Snapshot(process, folder, "after.limpet");

        using JsonDocument json = Diff(before, after);
        JsonElement container = json.RootElement.GetProperty("containers").EnumerateArray().Single(entry => entry.GetProperty("subject").GetString() == "Limpet.TestTargets.Subject");
        Assert.Equal(("static field Limpet.TestTargets.DictionaryEntryTarget.s_sessions", 40), (container.GetProperty("container").GetString(), container.GetProperty("countDelta").GetInt64()));
        JsonElement type = json.RootElement.GetProperty("types").EnumerateArray().Single(entry => entry.GetProperty("type").GetString() == "Limpet.TestTargets.Subject");
        Assert.Equal(40, type.GetProperty("countDelta").GetInt64());
        Assert.Contains(json.RootElement.GetProperty("paths").EnumerateArray(), path =>
            path.GetProperty("type").GetString() == "Limpet.TestTargets.Subject"
            && path.GetProperty("countDelta").GetInt64() == 40
            && path.GetProperty("path").GetString()!.StartsWith("static field Limpet.TestTargets.DictionaryEntryTarget.s_sessions → ", StringComparison.Ordinal));
        CliRun text = CliProcess.Run("diff", before, after, "--type", "Subject").Expect(0);
        Assert.Contains("+40 Limpet.TestTargets.Subject", text.Output, StringComparison.Ordinal);
        Assert.Contains("in static field Limpet.TestTargets.DictionaryEntryTarget.s_sessions", text.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Diff_OfThree_LeavesOutWhatWentAgain()
    {
        using TemporaryFolder folder = new();
        using TargetProcess process = TargetProcess.Start("dictionary-entry leaky");
        string before = Snapshot(process, folder, "a.limpet");
        Operate(process, 10);
        string between = Snapshot(process, folder, "b.limpet");
        Operate(process, 30);

        using JsonDocument kept = Diff(before, between, $"{process.Id}");
        JsonElement type = kept.RootElement.GetProperty("types").EnumerateArray().Single(entry => entry.GetProperty("type").GetString() == "Limpet.TestTargets.Subject");
        Assert.Equal(10, type.GetProperty("countDelta").GetInt64());
        using JsonDocument gone = Diff(before, between, before);
        Assert.DoesNotContain(gone.RootElement.GetProperty("types").EnumerateArray(), entry => entry.GetProperty("type").GetString() == "Limpet.TestTargets.Subject");
    }

    [Fact]
    public void Diff_OfCollectionsOfNumbers_TellsHowManyMoreTheyHold()
    {
        using TemporaryFolder folder = new();
        using TargetProcess process = TargetProcess.Start("tallies leaky");
        Operate(process, 100);
        string before = Snapshot(process, folder, "before.limpet");
        Operate(process, 40);
        string after = Snapshot(process, folder, "after.limpet");

        using JsonDocument json = Diff(before, after);
        Assert.Equal(
            """
            s_durations System.Collections.Generic.List<double> 120: 300 420
            s_numbers System.Collections.Concurrent.ConcurrentQueue<long> 40: 100 140
            s_seen System.Collections.Generic.HashSet<System.Guid> 40: 100 140
            """,
            string.Join('\n', json.RootElement.GetProperty("contents").EnumerateArray()
                .Where(content => content.GetProperty("container").GetString()!.Contains(".TalliesTarget.", StringComparison.Ordinal))
                .Select(content => $"{content.GetProperty("container").GetString()!.Split('.')[^1]} {content.GetProperty("type").GetString()} {content.GetProperty("elementsDelta")}: {string.Join(' ', content.GetProperty("elements").EnumerateArray())}")
                .Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void Diff_OfOneHeapWithItself_IsNothing()
    {
        using TemporaryFolder folder = new();
        using TargetProcess process = TargetProcess.Start("closures");
        string file = Snapshot(process, folder, "a.limpet");

        Assert.Contains("Nothing: the same objects by type and by path.", CliProcess.Run("diff", file, file).Expect(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Diff_OfOneSource_AsksForTwo()
    {
        CliRun run = CliProcess.Run("diff", "/nowhere.limpet").Expect(2);
        Assert.EndsWith("See limpet diff --help.\n", run.Error, StringComparison.Ordinal);
    }

    private static string Snapshot(TargetProcess process, TemporaryFolder folder, string name)
    {
        string file = folder.File(name);
        CliProcess.Run("snapshot", $"{process.Id}", "-o", file, "--quiet").Expect(0);
        return file;
    }

    private static void Operate(TargetProcess process, int times)
    {
        for (int time = 0; time < times; time++)
        {
            process.Ask("go");
        }
    }

    private static JsonDocument Diff(params string[] sources)
    {
        CliRun run = CliProcess.Run(["diff", .. sources, "--top", "1000", "--json", "-"]).Expect(0);
        Assert.Empty(JsonSchema.Violations(run.Output));
        return JsonDocument.Parse(run.Output);
    }
}
