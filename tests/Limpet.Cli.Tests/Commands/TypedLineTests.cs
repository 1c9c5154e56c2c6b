using System.CommandLine;
using System.Diagnostics;
using Limpet.Cli.Commands;
using Limpet.Cli.Hunting;

namespace Limpet.Cli.Tests.Commands;

public sealed class TypedLineTests
{
    [Fact]
    public void Show_Line_IsTheOneThatWasTyped()
    {
        TypedLine line = Read("--stdin-line", "place order", "--ready-line=^ready$", "--quick", "--timeout=4s", "--", "dotnet", "run", "--", "--urls", "it's", "");

        Assert.Equal(
            """limpet hunt --stdin-line 'place order' --ready-line '^ready$' --quick --timeout 4s -- dotnet run -- --urls 'it'\''s' ''""",
            line.Show(redact: false));
    }

    [Fact]
    public void With_Option_ReplacesItAndStandsBeforeTheCommand()
    {
        TypedLine line = Read("--budget", "10s", "--each", "true", "--", "./shop", "--budget", "7");

        Assert.Equal("limpet hunt --each true --verbose --budget 20s -- ./shop --budget 7", line.With("--verbose").With("--budget", "20s").Show(redact: true));
    }

    [Fact]
    public void Show_HuntFile_ComesFirst()
    {
        string file = Path.GetTempFileName();
        File.WriteAllText(file, """{ "command": ["./shop"], "idle": "1s" }""");

        Assert.Equal($"limpet hunt {file} --quick --rounds 4", Read("--quick", file, "--rounds", "4").Show(redact: true));

        File.Delete(file);
    }

    [Fact]
    public void Show_Redacted_HidesWhatReportsHide()
    {
        TypedLine line = Read(
            "--url", "http://bob:hunter2@localhost/?token=hunter2", "--header", "Authorization: Bearer hunter2", "--header", "Accept: text/html",
            "--environment", "SHOP=hunter2", "--ready-url", "http://localhost/?key=hunter2", "--body", """{"password":"hunter2"}""",
            "--", "./shop", "--api-key", "hunter2");

        Assert.Equal(
            """limpet hunt --url 'http://***@localhost/?token=***' --header 'Authorization: ***' --header 'Accept: text/html' --environment SHOP=*** --ready-url 'http://localhost/?key=***' --body '{"password":***}' -- ./shop --api-key ***""",
            line.Show(redact: true));
        Assert.Equal(7, line.Show(redact: false).Split("hunter2").Length - 1);
    }

    [Theory]
    [InlineData("a\nb")]
    [InlineData("\u001b[2J it's \\n a backslash")]
    [InlineData("right\u202eleft")]
    [InlineData("\\")]
    [InlineData("$HOME `id` $(id) *")]
    [InlineData("--quick")]
    [InlineData("")]
    [InlineData("größer 猫")]
    public void Typed_Word_IsTheSameWordToAShell(string word)
    {
        string typed = ShellWords.Typed(word);

        Assert.DoesNotContain(typed, character => character is < ' ' or '\u202e');
        ProcessStartInfo start = new("bash", ["-c", $"printf %s {typed}"]) { RedirectStandardOutput = true };
        start.Environment["LC_ALL"] = "C.UTF-8";
        using Process shell = Process.Start(start)!;
        Assert.Equal(word, shell.StandardOutput.ReadToEnd());
        shell.WaitForExit();
    }

    [Fact]
    public void Show_ValueLikeAnOption_IsReadAsAValueAgain()
    {
        TypedLine line = Read("--stdin-line=--quick", "--", "./shop");

        Assert.Equal("limpet hunt --stdin-line=--quick -- ./shop", line.Show(redact: false));
        Assert.Equal("limpet hunt --stdin-line=--quick -- ./shop", Read("--stdin-line=--quick", "--", "./shop").Show(redact: false));
    }

    private static TypedLine Read(params string[] words)
    {
        HuntCommandLine hunt = new();
        RootCommand root = [hunt.Command];
        return hunt.Read(root.Parse(["hunt", .. words])).Line!;
    }
}
