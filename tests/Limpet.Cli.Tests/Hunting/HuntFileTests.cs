using System.Text;
using Limpet.Cli.Hunting;
using Limpet.Cli.Hunting.Drivers;
using Limpet.Results;

namespace Limpet.Cli.Tests.Hunting;

public sealed class HuntFileTests
{
    [Fact]
    public void Parse_EveryWord_IsRead()
    {
        HuntOptions options = Build("""
            // comments are allowed
            {
              "$schema": "../docs/schemas/hunt-file.schema.json",
              "command": ["dotnet", "run", "--", "--leak"],
              "url": ["http://localhost:5000/a", "http://localhost:5000/b"],
              "method": "post", "body": "{}", "headers": { "Accept": "application/json" },
              "concurrency": 4,
              "readyLine": "^Now listening", "readyUrl": "http://localhost:5000/", "readyTimeout": "2m",
              "budget": "1.5h", "rounds": 9, "operations": 13, "warmup": 0, "timeout": "500ms",
              "process": "Shop", "quick": true, "maxStall": "3s",
              "environment": { "SHOP_LEAK": "1", }, /* and trailing commas */
            }
            """);

        Assert.Equal(["dotnet", "run", "--", "--leak"], options.Command);
        DriverOptions.Url url = Assert.IsType<DriverOptions.Url>(options.Driver);
        Assert.Equal(["http://localhost:5000/a", "http://localhost:5000/b"], url.Addresses.Select(address => address.OriginalString));
        Assert.Equal(("POST", "{}"), (url.Method, url.Body));
        Assert.Equal(new KeyValuePair<string, string>("Accept", "application/json"), Assert.Single(url.Headers));
        Assert.Equal(4, options.Concurrency);
        Assert.Equal("^Now listening", options.Ready.Line!.Text);
        Assert.Equal(new Uri("http://localhost:5000/"), options.Ready.Address);
        Assert.Equal(TimeSpan.FromMinutes(2), options.Ready.Timeout);
        Assert.Equal(TimeSpan.FromHours(1.5), options.Budget);
        Assert.Equal((9, 13, 0), (options.Rounds, options.Operations, options.Warmup));
        Assert.Equal(TimeSpan.FromMilliseconds(500), options.Timeout);
        Assert.Equal(("Shop", true), (options.Process, options.Quick));
        Assert.Equal(TimeSpan.FromSeconds(3), options.MaxStall);
        Assert.Equal("1", options.Environment["SHOP_LEAK"]);
        Assert.Equal("/somewhere", options.WorkingDirectory);
    }

    [Fact]
    public void Parse_FewWords_HasTheDocumentedDefaults()
    {
        HuntOptions options = Build("""{ "pid": 42, "idle": "4s" }""");

        Assert.Equal(42, options.Pid);
        Assert.Equal(new DriverOptions.Idle(TimeSpan.FromSeconds(4)), options.Driver);
        Assert.Equal(TimeSpan.FromSeconds(45), options.Budget);
        Assert.Equal(TimeSpan.FromSeconds(30), options.Timeout);
        Assert.Equal(TimeSpan.FromSeconds(60), options.Ready.Timeout);
        Assert.Equal(TimeSpan.FromSeconds(2), options.MaxStall);
        Assert.Equal((2, 1), (options.Warmup, options.Concurrency));
        Assert.Null(options.Rounds);
        Assert.False(options.Quick);
    }

    [Theory]
    [InlineData("{\n  \"pid\": 1,\n  \"oprations\": 5\n}", "hunt.json(3,3): \"oprations\" is no word of a hunt. Did you mean \"operations\"?")]
    [InlineData("{ \"ready-line\": \"x\" }", "hunt.json(1,3): \"ready-line\" is no word of a hunt. Did you mean \"readyLine\"?")]
    [InlineData("{ \"budget\": 45 }", "hunt.json(1,13): budget is 45, and must be a duration in double quotes above zero and up to a week: 500ms, 45s, 2m or 1.5h.")]
    [InlineData("{ \"budget\": \"45 sec\" }", "hunt.json(1,13): budget is \"45 sec\", and must be a duration in double quotes above zero and up to a week: 500ms, 45s, 2m or 1.5h.")]
    [InlineData("{ \"command\": \"dotnet run\" }", "hunt.json(1,14): command is \"dotnet run\", and must be a list of words: [\"dotnet\", \"run\"].")]
    [InlineData("{ \"command\": [\"a\", 5] }", "hunt.json(1,20): command[1] is 5, and must be a text in double quotes.")]
    [InlineData("{ \"rounds\": 1.5 }", "hunt.json(1,13): rounds is 1.5, and must be a whole number.")]
    [InlineData("{ \"rounds\": null }", "hunt.json(1,13): rounds is null, and must be a whole number.")]
    [InlineData("{ \"quick\": \"yes\" }", "hunt.json(1,12): quick is \"yes\", and must be true or false.")]
    [InlineData("{ \"headers\": [] }", "hunt.json(1,14): headers is a list, and must be an object of texts: { \"NAME\": \"value\" }.")]
    [InlineData("{ \"headers\": {\"a\": 1} }", "hunt.json(1,20): headers.a is 1, and must be a text in double quotes.")]
    [InlineData("{ \"headers\": {\"a b\": \"\"} }", "hunt.json(1,15): headers has the name \"a b\", which is none. Write it without space, = and :.")]
    [InlineData("{ \"url\": {} }", "hunt.json(1,10): url is an object, and must be a text or a list of texts.")]
    [InlineData("{ \"pid\": 1, \"pid\": 2 }", "hunt.json(1,13): pid is given twice. Keep one of them.")]
    [InlineData("[]", "hunt.json(1,1): the file is a list, and must be an object: { \"command\": [\"dotnet\", \"run\"], \"url\": \"http://localhost:5000/\" }.")]
    [InlineData("{ \"each\": \"a\\u0000b\" }", "hunt.json(1,11): the text holds a zero character, which no command line or request can carry. Remove it.")]
    [InlineData("{ \"größe\": 1, \"\\u001b[2J\": 2 }", "hunt.json(1,3): \"größe\" is no word of a hunt. Known are command, pid, stdinLine, replyLine, failLine, url, method, body, headers, each, idle, concurrency, readyLine, readyUrl, readyTimeout, budget, rounds, operations, warmup, timeout, process, quick, maxStall, environment.")]
    public void Parse_WrongWord_PointsAtIt(string json, string message) => AssertBad(message, json);

    [Theory]
    [InlineData("{\n  \"pid\": 1,\n  \"each\": \"a\"\n  \"quick\": true\n}", "hunt.json(4,3): this is no JSON: ")]
    [InlineData("{ \"pid\": 1", "hunt.json(1,11): this is no JSON: ")]
    [InlineData("{ \"größe\" 1", "hunt.json(1,11): this is no JSON: ")]
    [InlineData("", "hunt.json(1,1): this is no JSON: ")]
    [InlineData("{} {}", "hunt.json(1,4): this is no JSON: ")]
    public void Parse_BadJson_PointsAtLineAndColumn(string json, string start)
    {
        LimpetException error = Assert.Throws<LimpetException>(() => Build(json));
        Assert.StartsWith(start, error.Message, StringComparison.Ordinal);
        Assert.EndsWith("Correct it there or just before.", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("LineNumber", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "idle": "1s" }""", "hunt.json has no target. Give the command to start (`-- dotnet run`; \"command\" in a file) or the process to look at (--pid N; \"pid\" in a file).")]
    [InlineData("""{ "pid": 1 }""", "hunt.json has no driver, so nothing would be exercised. Give one of --stdin-line, --url, --each, --idle (stdinLine, url, each, idle in a file).")]
    [InlineData("""{ "pid": 1, "idle": "5s" }""", "hunt.json(1,13): idle: 6 rounds of 5s and 2 twice as long are the fewest that tell growth, and take 50s where the budget is 45s. Give a longer --budget, or shorter rounds.")]
    [InlineData("""{ "pid": 1, "idle": "1s", "each": "a" }""", "hunt.json(1,13): idle: a hunt has one driver, and hunt.json(1,27): each is given as well. Keep one of them.")]
    [InlineData("""{ "pid": 1, "idle": "1s", "command": ["a"] }""", "hunt.json(1,3): pid and hunt.json(1,27): command are both given: a hunt has one target. Keep one of them.")]
    [InlineData("""{ "command": [], "idle": "1s" }""", "hunt.json(1,3): command is empty. Give the command to start, word by word.")]
    [InlineData("""{ "pid": 1, "stdinLine": "x" }""", "hunt.json(1,13): stdinLine: the standard input of a process that is already running cannot be written to. Start it with limpet (`-- CMD`), or drive it by --url or --each.")]
    [InlineData("""{ "command": ["a"], "stdinLine": "a\nb" }""", "hunt.json(1,21): stdinLine has a line break; an operation is one line. Drive several lines by --each.")]
    [InlineData("""{ "pid": 1, "idle": "1s", "method": "PUT" }""", "hunt.json(1,27): method belongs to the driver url, which is not given. Leave it out, or drive by url.")]
    [InlineData("""{ "pid": 1, "idle": "1s", "replyLine": "x" }""", "hunt.json(1,27): replyLine belongs to the driver stdinLine, which is not given. Leave it out, or drive by stdinLine.")]
    [InlineData("""{ "pid": 1, "idle": "1s", "concurrency": 2 }""", "hunt.json(1,27): concurrency is 2, and with this driver nothing is driven. Leave it out.")]
    [InlineData("""{ "pid": 1, "each": "a", "concurrency": 0 }""", "hunt.json(1,26): concurrency is 0, and must be between 1 and 1024.")]
    [InlineData("""{ "pid": 0, "each": "a" }""", "hunt.json(1,3): pid is 0, and must be between 1 and 2147483647.")]
    [InlineData("""{ "pid": 1, "each": " " }""", "hunt.json(1,13): each is empty. Give the shell command that is one operation.")]
    [InlineData("""{ "pid": 1, "url": "localhost:5000" }""", "hunt.json(1,13): url is \"localhost:5000\", which is no http or https address. Write one like http://localhost:5000/orders.")]
    [InlineData("""{ "pid": 1, "url": [] }""", "hunt.json(1,13): url is empty. Give at least one address, such as http://localhost:5000/orders.")]
    [InlineData("""{ "pid": 1, "url": "http://localhost", "method": "A B" }""", "hunt.json(1,40): method is \"A B\", which is no HTTP method. Write GET, POST, PUT, DELETE or another.")]
    [InlineData("""{ "pid": 1, "each": "a", "readyLine": "x" }""", "hunt.json(1,26): readyLine works only with a command that limpet starts, and a process id is given. Start the command with limpet (`-- CMD`), or leave it out.")]
    public void Build_WordsThatDoNotGoTogether_PointsAtThem(string json, string message) => AssertBad(message, json);

    [Fact]
    public void Build_BadPattern_SaysWhy()
    {
        LimpetException error = Assert.Throws<LimpetException>(() => Build("""{ "command": ["a"], "each": "a", "readyLine": "(" }"""));
        Assert.StartsWith("hunt.json(1,34): readyLine is \"(\", which is no regular expression: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NoFile_SaysSo()
    {
        LimpetException error = Assert.Throws<LimpetException>(() => HuntFile.Read("/no/such/hunt.json"));
        Assert.Equal("There is no hunt file /no/such/hunt.json. Give the path of one, or a driver and a command: limpet hunt --url http://localhost:5000/ -- dotnet run", error.Message);
    }

    [Fact]
    public void Read_Folder_SaysSo()
    {
        LimpetException error = Assert.Throws<LimpetException>(() => HuntFile.Read(Path.GetTempPath()));
        Assert.StartsWith("Hunt file /tmp", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_ByteOrderMark_IsSkipped() =>
        Assert.Equal(42, HuntFile.Parse([.. Encoding.UTF8.Preamble, .. """{ "pid": 42, "idle": "4s" }"""u8], "hunt.json").Build().Pid);

    private static HuntOptions Build(string json) => HuntFile.Parse(Encoding.UTF8.GetBytes(json), "/somewhere/hunt.json").Build();

    private static void AssertBad(string message, string json)
    {
        LimpetException error = Assert.Throws<LimpetException>(() => Build(json));
        Assert.Equal(message, error.Message);
        Assert.Equal(Trouble.BadInput, error.Trouble);
    }
}
