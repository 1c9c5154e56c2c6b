using System.Text;
using Limpet.Cli.Watching.Marks;
using Limpet.Results;

namespace Limpet.Cli.Tests.Watching;

public sealed class MarkPatternTests
{
    [Theory]
    [InlineData("pytest", "test_a.py::test_x[a b] PASSED                 [  5%]", "End test_a.py::test_x[a b]")]
    [InlineData("pytest", "sub/test_a.py::TestC::test_x FAILED [100%]", "End sub/test_a.py::TestC::test_x")]
    [InlineData("pytest", "[gw1] [ 10%] PASSED test_a.py::test_x", "End test_a.py::test_x")]
    [InlineData("pytest", "collecting ... collected 17 items", "Close ")]
    [InlineData("pytest", "============================== 17 passed in 3.68s ==============================", "Close ")]
    [InlineData("pytest", "=================================== FAILURES ===================================", "Close ")]
    [InlineData("go-test", "=== RUN   TestOrders/empty", "Begin TestOrders/empty")]
    [InlineData("go-test", "--- PASS: TestOrders (0.20s)", "End TestOrders")]
    [InlineData("go-test", "ok  \texample.com/shop\t0.213s", "Close ")]
    [InlineData("node-test", "ok 3 - keeps connections", "End keeps connections")]
    [InlineData("node-test", "not ok 4 - fails # TODO later", "End fails")]
    [InlineData("node-test", "    ok 1 - nested", "End nested")]
    [InlineData("node-test", "✔ sends one (201.2ms)", "End sends one")]
    [InlineData("node-test", "# tests 11", "Close ")]
    [InlineData("dotnet-test", "  Passed Shop.Tests.Orders_Empty_IsZero [12 ms]", "End Shop.Tests.Orders_Empty_IsZero")]
    [InlineData("dotnet-test", "passed Orders_Empty_IsZero (12ms)", "End Orders_Empty_IsZero")]
    [InlineData("dotnet-test", "  from /shop/artifacts/Shop.Tests.dll (net10.0|x64)", "Source /shop/artifacts/Shop.Tests.dll")]
    [InlineData("dotnet-test", "Test run summary: Passed!", "Close ")]
    [InlineData("junit-names", "OrderTest > emptyOrder() PASSED", "End OrderTest > emptyOrder()")]
    [InlineData("junit-names", "[INFO] Running com.shop.OrderTest", "Begin com.shop.OrderTest")]
    [InlineData("junit-names", "[INFO] Tests run: 3, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 0.5 s - in com.shop.OrderTest", "End com.shop.OrderTest")]
    [InlineData("^== (.*)", "== reads config", "Begin reads config")]
    [InlineData("^(?<ended>.*) done$", "copies done", "End copies")]
    [InlineData("^step", "step 5 of 9", "Begin step")]
    public void Find_FinishedLine_IsTheMark(string pattern, string line, string expected)
    {
        Mark mark = MarkPattern.Parse(pattern).Find(line, finished: true)!.Value;

        Assert.Equal(expected, $"{mark.Kind} {mark.Name}");
    }

    [Theory]
    [InlineData("pytest", "test_a.py .....                  [100%]")]
    [InlineData("pytest", "E       assert False")]
    [InlineData("pytest", "============================= test session starts ==============================")]
    [InlineData("node-test", "# Subtest: keeps connections")]
    [InlineData("dotnet-test", "    at Shop.Order.Place() in Order.cs:line 5")]
    [InlineData("go-test", "=== PAUSE TestOrders")]
    public void Find_OtherLine_IsNoMark(string pattern, string line) => Assert.Null(MarkPattern.Parse(pattern).Find(line, finished: true));

    [Theory]
    [InlineData("dotnet-test", "passed Shop.Orders(name: \"x\") (1m 02s 345ms)", 62.345)]
    [InlineData("dotnet-test", "  Passed Shop.Orders [12 ms]", 0.012)]
    [InlineData("dotnet-test", "  Passed Shop.Orders [< 1 ms]", 0.001)]
    [InlineData("dotnet-test", "  Passed Shop.Orders [1 h 2 s]", 3602.0)]
    [InlineData("dotnet-test", "passed Shop.Orders", null)]
    [InlineData("go-test", "--- PASS: TestOrders (0.20s)", 0.2)]
    [InlineData("go-test", "--- PASS: TestOrders (1.2.3s)", null)]
    public void Find_EndWithItsDuration_TellsIt(string pattern, string line, double? seconds) =>
        Assert.Equal(seconds, MarkPattern.Parse(pattern).Find(line, finished: true)!.Value.Took?.TotalSeconds);

    [Fact]
    public void Find_PytestWithWorkers_NamesTheWorker() =>
        Assert.Equal(new Mark(MarkKind.End, "test_a.py::test_x") { Source = "gw1" }, MarkPattern.Parse("pytest").Find("[gw1] [ 50%] PASSED test_a.py::test_x ", finished: true));

    [Fact]
    public void Find_PytestBeforeTheOutcome_IsTheBeginning()
    {
        MarkPattern pytest = MarkPattern.Parse("pytest");

        Assert.Equal(new Mark(MarkKind.Begin, "test_a.py::test_x"), pytest.Find("test_a.py::test_x ", finished: false));
        Assert.Null(pytest.Find("test_a.py::test_", finished: false));
    }

    [Fact]
    public void Parse_NoPattern_SaysWhichThereAre()
    {
        LimpetException error = Assert.Throws<LimpetException>(() => MarkPattern.Parse("("));

        Assert.StartsWith("--mark is \"(\", which is no regular expression: ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("or one of dotnet-test, go-test, junit-names, node-test, pytest.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Scan_BytesInPieces_GiveTheSameMarks()
    {
        byte[] bytes = Encoding.UTF8.GetBytes("collected 2 items\n\ntest_a.py::test_é \u001b[32mPASSED\u001b[0m [50%]\ntest_a.py::test_b PASSED [100%]\n=== 2 passed in 0.1s ===\n");
        foreach (int size in (int[])[1, 3, 1000])
        {
            MarkScanner scanner = new(MarkPattern.Parse("pytest"));
            List<Mark> marks = [];
            for (int at = 0; at < bytes.Length; at += size)
            {
                scanner.Scan(bytes.AsSpan(at, Math.Min(size, bytes.Length - at)), marks);
            }

            Assert.Equal(
                ["Close", "End test_a.py::test_é", "End test_a.py::test_b", "Close"],
                marks.Where(mark => mark.Kind != MarkKind.Begin).Select(mark => $"{mark.Kind} {mark.Name}".Trim()));
            Assert.Equal(size == 1 ? 2 : 0, marks.Count(mark => mark.Kind == MarkKind.Begin && size == 1));
            Assert.Equal(5, scanner.Lines);
        }
    }

    [Fact]
    public void Scan_LineWithoutEnd_IsBounded()
    {
        MarkScanner scanner = new(MarkPattern.Parse("^x+$"));
        List<Mark> marks = [];

        for (int i = 0; i < 100; i++)
        {
            scanner.Scan(Encoding.ASCII.GetBytes(new string('y', 10_000)), marks);
        }

        scanner.Scan("\nxxx\n"u8, marks);

        Assert.Equal([new Mark(MarkKind.Begin, "xxx")], marks);
    }

    [Theory]
    [InlineData("import", "Begin import")]
    [InlineData("begin import orders", "Begin import orders")]
    [InlineData("end import", "End import")]
    [InlineData("end", "Close ")]
    public void MarkFile_Line_IsTheMark(string line, string expected)
    {
        Mark mark = MarkFile.Parse(line)!.Value;

        Assert.Equal(expected, $"{mark.Kind} {mark.Name}");
        Assert.Null(MarkFile.Parse("  "));
    }
}
