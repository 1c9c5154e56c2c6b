using System.Text;
using Limpet.Cli.Hunting;

namespace Limpet.Cli.Tests.Hunting;

public sealed class HuntPlanTextTests
{
    private const string Json = """
        {
          "command": ["dotnet", "run", "--api-key", "hunter2", "a b\u001b[2J"],
          "url": ["http://bob:hunter2@localhost:5000/a", "http://localhost:5000/b"], "concurrency": 4,
          "headers": { "Authorization": "Bearer hunter2" }, "body": "{}", "method": "POST",
          "readyUrl": "http://localhost:5000/?token=hunter2", "environment": { "SHOP_LEAK": "hunter2" }
        }
        """;

    [Fact]
    public void Describe_HuntFile_SaysWhatWillRunWithoutSecrets() => Assert.Equal(
        """
          hunt file /somewhere/hunt.json
          starts    dotnet run --api-key *** 'a b\u001b[2J'
          in        /somewhere
          with      SHOP_LEAK=***
          ready     when http://localhost:5000/?token=*** answers, within 1m
          drives    POST http://***@localhost:5000/a, POST http://localhost:5000/b, Authorization: ***, with a body of 2 characters, 4 at a time, each within 30s
          measures  2 warm-up rounds, then rounds until the verdict stands, within 45s
          refuses   a capture predicted to stop the target longer than 2s

        """,
        HuntPlanText.Describe(Options()));

    [Fact]
    public void Describe_NoRedact_ShowsThem() =>
        Assert.Equal(5, HuntPlanText.Describe(Options() with { NoRedact = true }).Split("hunter2").Length - 1);

    [Fact]
    public void Describe_Attached_SaysThatItIsLeftRunning() => Assert.Equal(
        """
          looks at  process 42, and leaves it running
          ready     when its .NET runtime has started, within 1m
          drives    nothing; a round is 4s
          measures  2 warm-up rounds, then few rounds (quick), within 45s
          refuses   a capture predicted to stop the target longer than 2s

        """,
        HuntPlanText.Describe(HuntFile.Parse("""{ "pid": 42, "idle": "4s", "quick": true }"""u8, "hunt.json").Build() with { File = null }));

    private static HuntOptions Options() => HuntFile.Parse(Encoding.UTF8.GetBytes(Json), "/somewhere/hunt.json").Build();
}
