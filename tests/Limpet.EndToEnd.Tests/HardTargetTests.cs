using System.Text.Json;
using Limpet.Results;
using Limpet.Testing;

namespace Limpet.EndToEnd.Tests;

/// <summary>What the hard targets declare of themselves is true without Limpet, and says all that accuracy is measured by.</summary>
public sealed class HardTargetTests
{
    private static readonly Lazy<JsonElement[]> s_truths = new(() =>
        [.. JsonDocument.Parse(CliProcess.Execute(["dotnet", TargetProcess.DefaultDll, "--truth"]).Expect(0).Output).RootElement.EnumerateArray()]);

    public static TheoryData<string> Names => [.. s_truths.Value.Select(truth => truth.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Names), DisableDiscoveryEnumeration = true)]
    public void HardTarget_ChecksItself_IsAsDeclared(string name) =>
        CliProcess.Execute(["dotnet", TargetProcess.DefaultDll, name, "--self-check"]).Expect(0);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void HardTargets_OfBothSides_AreManyAndRestOnPublicCode(bool harmless)
    {
        JsonElement[] side = [.. s_truths.Value.Where(truth => truth.GetProperty("harmless").GetBoolean() == harmless)];
        Assert.True(side.Length >= 24, $"{side.Length} targets with harmless = {harmless}.");
        int onPublicCode = side.Count(truth => truth.GetProperty("restsOn").GetString() != "own");
        Assert.True(onPublicCode >= 10, $"{onPublicCode} of them rest on public code only.");
    }

    [Theory]
    [MemberData(nameof(Names), DisableDiscoveryEnumeration = true)]
    public void HardTarget_Truth_SaysWhatIsRight(string name)
    {
        JsonElement truth = Assert.Single(s_truths.Value, truth => truth.GetProperty("name").GetString() == name);
        bool harmless = truth.GetProperty("harmless").GetBoolean();
        Assert.Matches(@"^[A-Z].*\.$", truth.GetProperty("why").GetString());
        Assert.NotEqual("", truth.GetProperty("restsOn").GetString());
        Assert.NotEmpty(truth.GetProperty("hunt").EnumerateArray());
        Assert.All(truth.GetProperty("verdict").EnumerateArray(), verdict =>
            Assert.Equal(!harmless, Enum.Parse<Verdict>(verdict.GetString()!) == Verdict.Leak));
        Assert.Equal(harmless, truth.GetProperty("findings").GetArrayLength() == 0);
        Assert.All(truth.GetProperty("findings").EnumerateArray(), finding =>
        {
            Assert.NotEmpty(finding.GetProperty("kind").EnumerateArray());
            Assert.All(finding.GetProperty("kind").EnumerateArray(), kind => Assert.True(Enum.TryParse<FindingKind>(kind.GetString(), out _), $"{kind} is no kind of finding."));
            Assert.NotEqual("", finding.GetProperty("subject").GetString());
            Assert.True(((string[])["perOperation", "perSecond", "bytesPerOperation"]).Any(rate => finding.TryGetProperty(rate, out _)), $"{finding} has no rate.");
        });
    }
}
