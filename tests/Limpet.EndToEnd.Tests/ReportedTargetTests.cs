using System.Text.Json;
using Limpet.Results;
using Limpet.Testing;

namespace Limpet.EndToEnd.Tests;

/// <summary>The programs around leaks that were reported to public projects do what they declare, leaky and mended, without Limpet; and the table of docs has each.</summary>
public sealed class ReportedTargetTests
{
    private const string Mended = "--mended";

    private static readonly Lazy<JsonElement[]> s_truths = new(() =>
        [.. JsonDocument.Parse(CliProcess.Execute(["dotnet", TargetProcess.DefaultDll, "--truth", "reported"]).Expect(0).Output).RootElement.EnumerateArray()]);

    public static TheoryData<string, bool> Forms => [.. s_truths.Value.Select(truth => (Name(truth), IsMended(truth)))];

    [Theory]
    [MemberData(nameof(Forms), DisableDiscoveryEnumeration = true)]
    public void ReportedTarget_ChecksItself_IsAsDeclared(string name, bool mended) =>
        CliProcess.Execute(["dotnet", TargetProcess.DefaultDll, name, .. mended ? [Mended] : Array.Empty<string>(), "--self-check"]).Expect(0);

    [Theory]
    [MemberData(nameof(Forms), DisableDiscoveryEnumeration = true)]
    public void ReportedTarget_Truth_NamesTheIssueAndWhatWasFound(string name, bool mended)
    {
        JsonElement truth = Assert.Single(s_truths.Value, truth => Name(truth) == name && IsMended(truth) == mended);
        Assert.Matches("^[A-Za-z-]+/[A-Za-z.-]+#[0-9]+$", truth.GetProperty("issue").GetString());
        Assert.Matches(@"^[A-Z].*\.$", truth.GetProperty("found").GetString());
        Assert.Matches(@"^[A-Z].*\.$", truth.GetProperty("why").GetString());
        Assert.Equal(mended, truth.GetProperty("harmless").GetBoolean());
        Assert.Equal(mended, truth.GetProperty("findings").GetArrayLength() == 0);
        Assert.All(truth.GetProperty("verdict").EnumerateArray(), verdict => Assert.Equal(mended, Enum.Parse<Verdict>(verdict.GetString()!) == Verdict.Clean));
    }

    [Fact]
    public void ReportedTargets_OfTenIssues_HaveBothForms()
    {
        Assert.True(s_truths.Value.Select(truth => truth.GetProperty("issue").GetString()).Distinct().Count() >= 10);
        Assert.All(s_truths.Value.GroupBy(Name), forms => Assert.Equal([false, true], forms.Select(IsMended).Order()));
    }

    [Fact]
    public void ReportedLeaks_OfTheDocs_AreTheOnesThatAreThere()
    {
        string[] rows = [.. File.ReadLines(Path.Combine(TargetProcess.Repository, "docs", "reported-leaks.md")).Where(line => line.StartsWith("| [", StringComparison.Ordinal))];
        JsonElement[] leaky = [.. s_truths.Value.Where(truth => !IsMended(truth))];
        Assert.Equal(leaky.Length, rows.Length);
        Assert.All(leaky, truth => Assert.Single(rows, row =>
            row.StartsWith($"| [{truth.GetProperty("issue").GetString()}](", StringComparison.Ordinal) && row.Contains($"`{Name(truth)}`", StringComparison.Ordinal)));
    }

    private static string Name(JsonElement truth) => truth.GetProperty("name").GetString()!;

    private static bool IsMended(JsonElement truth) => truth.GetProperty("arguments").EnumerateArray().Any(argument => argument.GetString() == Mended);
}
