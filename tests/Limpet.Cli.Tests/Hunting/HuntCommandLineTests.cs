using System.CommandLine;
using Limpet.Cli.Hunting;
using Limpet.Cli.Hunting.Drivers;
using Limpet.Results;

namespace Limpet.Cli.Tests.Hunting;

public sealed class HuntCommandLineTests
{
    [Fact]
    public void Read_CommandAfterDashes_IsTakenWordByWord()
    {
        HuntOptions options = Read("--url", "http://localhost:5000/a", "--url", "http://localhost:5000/b", "--header", "Accept: text/html",
            "--header", "X-Url: http://x", "--concurrency", "3", "--quick", "--environment", "A=b=c",
            "--", "dotnet", "run", "--pid", "7", "--", "--urls", "x y", "");

        Assert.Equal(["dotnet", "run", "--pid", "7", "--", "--urls", "x y", ""], options.Command);
        Assert.Null(options.Pid);
        DriverOptions.Url url = Assert.IsType<DriverOptions.Url>(options.Driver);
        Assert.Equal(2, url.Addresses.Length);
        Assert.Equal([new("Accept", "text/html"), new("X-Url", "http://x")], url.Headers);
        Assert.Equal("b=c", options.Environment["A"]);
        Assert.Equal(3, options.Concurrency);
        Assert.True(options.Quick);
        Assert.Null(options.WorkingDirectory);
    }

    [Fact]
    public void Read_EveryOption_IsKnown()
    {
        HuntOptions options = Read("--stdin-line", "import", "--reply-line", "^done", "--fail-line", "^error", "--ready-line", "up", "--ready-url", "http://localhost/",
            "--ready-timeout", "5s", "--budget", "2m", "--rounds", "8", "--operations", "17", "--warmup", "1", "--timeout", "4s", "--process", "Shop",
            "--max-stall", "1s", "--json", "-", "--quiet", "--verbose", "--no-color", "--no-redact", "--", "./importer");

        DriverOptions.StdinLine line = Assert.IsType<DriverOptions.StdinLine>(options.Driver);
        Assert.Equal(("import", "^done", "^error"), (line.Text, line.Reply!.Text, line.Fail!.Text));
        Assert.Equal(("-", true, true, true, true), (options.Json, options.Quiet, options.Verbose, options.NoColor, options.NoRedact));
        Assert.Equal((8, 17, 1), (options.Rounds, options.Operations, options.Warmup));
    }

    [Fact]
    public void Read_FileAndOptions_OptionsWin()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("limpet-test-");
        string file = Path.Combine(folder.FullName, "hunt.json");
        File.WriteAllText(file, """{ "command": ["./shop"], "idle": "1s", "budget": "10s", "rounds": 4 }""");

        HuntOptions options = Read(file, "--budget", "20s");

        Assert.Equal(TimeSpan.FromSeconds(20), options.Budget);
        Assert.Equal(4, options.Rounds);
        Assert.Equal(folder.FullName, options.WorkingDirectory);
        Assert.Equal(file, options.File);
        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("--idle 1s --oprations 5 --pid 3", "--oprations is no option of hunt. Did you mean --operations?")]
    [InlineData("--idle 1s dotnet run", "\"run\" is one word too many: hunt takes one hunt file. A command to start stands after --: limpet hunt … -- dotnet …")]
    [InlineData("--idle 1x --pid 3", "--idle is \"1x\", and must be a duration above zero and up to a week: 500ms, 45s, 2m or 1.5h.")]
    [InlineData("--idle 0s --pid 3", "--idle is \"0s\", and must be a duration above zero and up to a week: 500ms, 45s, 2m or 1.5h.")]
    [InlineData("--idle 1s --max-stall -1s --pid 3", "--max-stall is \"-1s\", and must be a duration up to a week: 500ms, 45s, 2m or 1.5h.")]
    [InlineData("--idle 1s --fail-line ^error --pid 3", "--fail-line belongs to the driver stdinLine, which is not given. Leave it out, or drive by stdinLine.")]
    [InlineData("--idle 1s --pid x", "--pid is \"x\", and must be a whole number.")]
    [InlineData("--idle 1s --each a --pid 3", "--idle: a hunt has one driver, and --each is given as well. Keep one of them.")]
    [InlineData("--pid 3", "This hunt has no driver, so nothing would be exercised. Give one of --stdin-line, --url, --each, --idle (stdinLine, url, each, idle in a file).")]
    [InlineData("--idle 1s --pid 3 -- a", "--pid and The command after -- are both given: a hunt has one target. Keep one of them.")]
    [InlineData("--idle 1s --", "The command after -- is empty. Give the command to start, word by word.")]
    [InlineData("--url http://localhost --header nonsense --pid 3", "--header is \"nonsense\", and must be NAME:VALUE.")]
    public void Read_BadLine_SaysWhatAndWhatNext(string line, string message)
    {
        LimpetException error = Assert.Throws<LimpetException>(() => Read(line.Split(' ')));
        Assert.Equal(message, error.Message);
        Assert.Equal(Trouble.BadInput, error.Trouble);
    }

    [Fact]
    public void Help_Hunt_HasExamplesAndEveryOption()
    {
        StringWriter help = new();
        RootCommand root = [new HuntCommandLine().Command];
        Assert.Equal(0, root.Parse(["hunt", "--help"]).Invoke(new InvocationConfiguration { Output = help }));

        Assert.Contains("limpet hunt hunt.json", help.ToString(), StringComparison.Ordinal);
        Assert.All(Cli.Hunting.Options.HuntWord.All.Where(word => word.Key != "command"), word => Assert.Contains(word.Option, help.ToString(), StringComparison.Ordinal));
    }

    private static HuntOptions Read(params string[] words)
    {
        HuntCommandLine hunt = new();
        RootCommand root = [hunt.Command];
        return hunt.Read(root.Parse(["hunt", .. words]));
    }
}
