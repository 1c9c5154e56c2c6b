using System.Text;
using System.Text.Json;
using Limpet.Reporting.Json;
using Limpet.Results;
using Limpet.Testing;

namespace Limpet.Reporting.Tests.Json;

public sealed class ResultJsonTests
{
    [Fact]
    public void Write_EveryResult_KeepsItsSchema() =>
        Assert.All(Samples.All, result => Assert.Empty(JsonSchema.Violations(ResultJson.Write(result))));

    [Fact]
    public void Write_Hunt_IsThisUnderEveryCulture()
    {
        foreach (var (culture, json) in Cultures.Under(() => ResultJson.Write(Samples.Hunt)))
        {
            Assert.True(HuntJsonText.Expected == json, $"{culture}:\n{json}");
        }
    }

    [Fact]
    public void Write_UndecidedHunt_HasWhatCouldNotBeDecided()
    {
        string text = ResultJson.Write(UndecidedHunt.Result);

        Assert.Empty(JsonSchema.Violations(text));
        using JsonDocument json = JsonDocument.Parse(text);
        JsonElement undecided = json.RootElement.GetProperty("measurements").GetProperty("undecided");
        Assert.Equal(
            ["Shop.Order [40,56]", "fds [null,7]", "Shop.Line [1,16.5]", "nativeBytes [100,300100]"],
            undecided.EnumerateArray().Select(one => $"{one.GetProperty("metric").GetString()} {one.GetProperty("course").GetRawText().ReplaceLineEndings("").Replace(" ", "", StringComparison.Ordinal)}"));
        Assert.Equal("2 of 3 readings were refused.", undecided[1].GetProperty("reason").GetString());
    }

    [Fact]
    public void Write_RootOfThreads_SaysWhich()
    {
        using JsonDocument json = JsonDocument.Parse(ResultJson.Write(Samples.Hunt with { Findings = [Samples.Hunt.Findings[0] with { Holder = SampleTraces.OfThreads }] }));

        Assert.Equal("12 threads, 11 of the pool", json.RootElement.GetProperty("findings")[0].GetProperty("holder").GetProperty("root").GetProperty("threads").GetString());
    }

    [Fact]
    public void Write_Why_HasTheNamesOfTheContract()
    {
        using JsonDocument json = JsonDocument.Parse(ResultJson.Write(Samples.Why with { Matches = Samples.Why.Matches with { Address = 0x7f12a4001020 } }));
        JsonElement matches = json.RootElement.GetProperty("matches");
        Assert.Equal("0x7f12a4001020", matches.GetProperty("address").GetString());
        Assert.True(matches.GetProperty("rooted").GetBoolean());
        Assert.Equal(1093, matches.GetProperty("count").GetInt64());
        JsonElement trace = json.RootElement.GetProperty("traces")[0];
        Assert.Equal(1562312, trace.GetProperty("retainedBytes").GetInt64());
        Assert.Equal("Shop.Bus.Changed", trace.GetProperty("holder").GetProperty("root").GetProperty("name").GetString());
    }

    [Fact]
    public void Write_Snapshot_HasTheNamesOfTheContract()
    {
        using JsonDocument json = JsonDocument.Parse(ResultJson.Write(Samples.Snapshot));
        Assert.Equal("live", json.RootElement.GetProperty("way").GetString());
        Assert.Equal(0.085, json.RootElement.GetProperty("timings").GetProperty("stallSeconds").GetDouble());
        Assert.Equal(5000000, json.RootElement.GetProperty("heap").GetProperty("objects").GetInt64());
    }

    [Fact]
    public void Write_Inspect_HasTheNamesOfTheContract()
    {
        using JsonDocument json = JsonDocument.Parse(ResultJson.Write(Samples.Inspect));
        JsonElement root = json.RootElement;
        Assert.Equal(5000000, root.GetProperty("heap").GetProperty("objects").GetInt64());
        Assert.Equal(("Shop.Order", 1000000, 96000000), (root.GetProperty("types")[0].GetProperty("type").GetString(), root.GetProperty("types")[0].GetProperty("count").GetInt64(), root.GetProperty("types")[0].GetProperty("retainedBytes").GetInt64()));
        JsonElement component = root.GetProperty("components")[0];
        Assert.Equal((2, 1, true), (component.GetProperty("objects").GetInt32(), component.GetProperty("mutualPairs").GetInt32(), component.GetProperty("rooted").GetBoolean()));
        Assert.Equal("StaticField", root.GetProperty("roots")[0].GetProperty("kind").GetString());
        Assert.Equal("Task.Delay", root.GetProperty("pendingOperations")[0].GetProperty("awaits").GetString());
        Assert.Equal("0x7f12a4001020", root.GetProperty("suspects")[0].GetProperty("pointAddress").GetString());
    }

    [Fact]
    public void Write_Diff_HasTheNamesOfTheContract()
    {
        using JsonDocument json = JsonDocument.Parse(ResultJson.Write(Samples.Diff));
        JsonElement type = json.RootElement.GetProperty("types")[0];
        Assert.Equal(("Shop.Order", 90, 4320), (type.GetProperty("type").GetString(), type.GetProperty("countDelta").GetInt64(), type.GetProperty("bytesDelta").GetInt64()));
        JsonElement path = json.RootElement.GetProperty("paths")[0];
        Assert.Equal(("static field Shop.store → Shop.Store → orders: Shop.Order", 90), (path.GetProperty("path").GetString(), path.GetProperty("countDelta").GetInt64()));
    }

    [Fact]
    public void Write_HostileNames_StayDataAndAscii()
    {
        const string Name = "A\"},{\u001b[31m\u202e\nGröße<T>\ud83d\ude00\u007f";
        string json = ResultJson.Write(Samples.Hunt with { Findings = [Samples.Leak with { Subject = Name }] });

        Assert.DoesNotContain(json, c => c is > '~' or (< ' ' and not '\n'));
        Assert.Empty(JsonSchema.Violations(json));
        using JsonDocument document = JsonDocument.Parse(json);
        Assert.Equal(Name, document.RootElement.GetProperty("findings")[0].GetProperty("subject").GetString());
    }

    [Fact]
    public void Write_HalfASurrogatePair_IsStillJson()
    {
        string json = ResultJson.Write(Samples.Hunt with { Reason = "a\ud83d" });
        Assert.Empty(JsonSchema.Violations(json));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Write_NumberThatIsNotFinite_IsABug(double number)
    {
        HuntResult result = Samples.Hunt with { Findings = [Samples.Leak with { PerOperation = new Amount(number, null) }] };
        Assert.Equal("Bug in Limpet: 'count' is not finite. What was not measured is null.", Assert.Throws<InvalidOperationException>(() => ResultJson.Write(result)).Message);
    }

    [Fact]
    public void Write_ToStream_IsUtf8WithoutMarkAndLeavesItOpen()
    {
        using MemoryStream stream = new();
        ResultJson.Write(Samples.Ps, stream);
        Assert.Equal((byte)'{', stream.ToArray()[0]);
        Assert.Equal(ResultJson.Write(Samples.Ps), Encoding.UTF8.GetString(stream.ToArray()));
    }
}
