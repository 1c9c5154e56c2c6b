using System.Text.Json;
using Limpet.Testing;

namespace Limpet.EndToEnd.Tests;

/// <summary>What the machine allows, as a user asks it.</summary>
public sealed class DoctorTests
{
    [Fact]
    public void Doctor_WithARateAndAProcess_KeepsItsSchema()
    {
        using TargetProcess process = TargetProcess.Start("objects 10");
        CliRun run = CliProcess.Run("doctor", "--pid", $"{process.Id}", "--rate", "1 socket/order at 20/s", "--json", "-").Expect(0);
        Assert.Empty(JsonSchema.Violations(run.Output));
        using JsonDocument json = JsonDocument.Parse(run.Output);
        JsonElement projection = Assert.Single(json.RootElement.GetProperty("projections").EnumerateArray());
        Assert.Equal("openFiles", projection.GetProperty("limit").GetString());
        double left = projection.GetProperty("limitValue").GetDouble() - projection.GetProperty("used").GetDouble();
        Assert.Equal(left / 20, projection.GetProperty("inSeconds").GetDouble(), 0.001);
        Assert.Contains(json.RootElement.GetProperty("checks").EnumerateArray(), check => check.GetProperty("name").GetString() == $"diagnostics socket of process {process.Id}" && check.GetProperty("value").GetString() == "ready");
    }

    [Theory]
    [InlineData("--rate is \"much\", and must be what an operation loses and how often it is done", "--rate", "much")]
    [InlineData("There is no process 4194305.", "--pid", "4194305")]
    [InlineData("'shop' is no process id.", "--pid", "shop")]
    public void Doctor_WrongInput_SaysWhatToDo(string text, params string[] arguments) =>
        Assert.Contains(text, CliProcess.Run(["doctor", .. arguments]).Expect(2).Error, StringComparison.Ordinal);
}
