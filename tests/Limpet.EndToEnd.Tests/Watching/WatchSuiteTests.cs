using System.Text.Json;

namespace Limpet.EndToEnd.Tests.Watching;

/// <summary>Suites of other languages, as their own runners run them: the leaking tests are named, and only those; the mended suites are clean.</summary>
public sealed class WatchSuiteTests
{
    private const string Shared = """
        import os, socket, subprocess, threading, time, concurrent.futures
        import pytest
        KEPT, CACHE = [], {}
        POOL = concurrent.futures.ThreadPoolExecutor(max_workers=6)
        def rates(name): return CACHE.setdefault(name, None) or CACHE.__setitem__(name, open("/etc/" + name)) or CACHE[name]
        @pytest.fixture(scope="module")
        def audit(tmp_path_factory):
            files = [open(tmp_path_factory.mktemp("audit") / f"{n}.log", "w") for n in range(6)]
            yield files
            for f in files: f.close()
        @pytest.fixture(scope="session")
        def server():
            s = socket.socket(); s.bind(("127.0.0.1", 0)); s.listen(64)
            yield s
            s.close()
        def test_warms_hostname(): rates("hostname"); time.sleep(0.2)
        def test_warms_passwd(): rates("passwd"); POOL.submit(time.sleep, 0.01).result(); time.sleep(0.2)
        def test_uses_audit(audit): time.sleep(0.2)
        def test_many():
            files = [open("/etc/hostname") for _ in range(100)]; time.sleep(0.2)
            for f in files: f.close()
        def test_pool(): list(POOL.map(lambda n: time.sleep(0.03), range(4))); time.sleep(0.1)
        def test_connects(server):
            with socket.create_connection(server.getsockname()): time.sleep(0.2)
        def test_churns():
            rows = [bytes(900) for _ in range(30000)]; time.sleep(0.2); del rows
        """;

    private const string Last = """
        def test_pool_again(audit): list(POOL.map(lambda n: time.sleep(0.03), range(4))); time.sleep(0.1)
        def test_last(): time.sleep(0.2)
        """;

    private static readonly string[] Tests = ["--preset", "integration-tests", "--mark", "pytest"];

    [Fact]
    public void Pytest_LeakingSuite_NamesTheTests()
    {
        Watch watch = Pytest("""
            def test_keeps_files(tmp_path): KEPT.extend(open(tmp_path / f"{n}.csv", "w") for n in range(5)); time.sleep(0.2)
            def test_between(): time.sleep(0.2)
            def test_keeps_sockets(server):
                for _ in range(4): KEPT.append(socket.create_connection(server.getsockname()))
                time.sleep(0.2)
            def test_keeps_threads():
                for _ in range(3): threading.Thread(target=threading.Event().wait, daemon=True).start()
                time.sleep(0.2)
            def test_keeps_memory(): KEPT.append(bytearray(30_000_000)); time.sleep(0.2)
            def test_keeps_child(): KEPT.append(subprocess.Popen(["sleep", "8"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)); time.sleep(0.2)
            """).Expect(1);

        Assert.Equal(["test_keeps_files", "test_keeps_sockets", "test_keeps_threads", "test_keeps_memory", "test_keeps_child"], watch.Leaking);
        Assert.Equal("Leak", watch.Verdict);
        Assert.Equal("openFiles", watch.Result.GetProperty("projections")[0].GetProperty("limit").GetString());
        Assert.Contains("test_keeps_files", watch.Run.Error, StringComparison.Ordinal);
        Assert.Contains("passed in", watch.Run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Pytest_MendedSuite_IsClean()
    {
        Watch watch = Pytest("""
            def test_keeps_files(tmp_path):
                with open(tmp_path / "a.csv", "w"): time.sleep(0.2)
            def test_keeps_child():
                p = subprocess.Popen(["sleep", "8"]); time.sleep(0.2); p.kill(); p.wait()
            """).Expect(0);

        Assert.Empty(watch.Leaking);
        Assert.Equal("Clean", watch.Verdict);
    }

    [Fact]
    public void Node_LeakingSuite_NamesTheTests()
    {
        Watch watch = Node("""
            test('keeps files', async () => { for (let i = 0; i < 6; i++) kept.push(fs.openSync('/etc/group')); await sleep(220); });
            test('between', async () => { await sleep(220); });
            test('leaves a helper', async () => { await sleep(150); const c = spawn('sleep', ['8'], { stdio: 'ignore', detached: true }); c.unref(); await sleep(220); });
            """).Expect(1);

        Assert.Equal(["keeps files", "leaves a helper"], watch.Leaking);
    }

    [Fact]
    public void Node_MendedSuite_IsClean() => Assert.Empty(Node("""
        test('keeps files', async () => { const f = fs.openSync('/etc/hostname'); await sleep(220); fs.closeSync(f); });
        test('leaves a helper', async () => { const c = spawn('sleep', ['8'], { stdio: 'ignore' }); await sleep(200); c.kill(); await sleep(20); });
        """).Expect(0).Leaking);

    [Fact]
    public void Shell_LeakingSuite_NamesTheTests() => Assert.Equal(
        ["opens lock", "leaves agent"],
        Shell("exec 8>\"$dir/lock\"; sleep 0.25", "sleep 8 >/dev/null 2>&1 & sleep 0.25").Expect(1).Leaking);

    [Fact]
    public void Shell_MendedSuite_IsClean() => Assert.Empty(
        Shell("exec 8>\"$dir/lock\"; sleep 0.25; exec 8>&-", "sleep 8 >/dev/null 2>&1 & p=$!; sleep 0.25; kill $p; wait $p 2>/dev/null || true").Expect(0).Leaking);

    [Theory]
    [InlineData("A A A A A B B B B", 1, "Leak")]
    [InlineData("A B A A B B A A B", 3, "Inconclusive")]
    public void DotnetTest_ProgramsAtTheSameTime_AreNotToldApart(string programs, int expected, string verdict)
    {
        // A test runner of two programs, of which each test leaves a file open.
        string script = string.Concat(programs.Split(' ').Select((program, number) =>
            $"sleep 0.2; exec {{kept}}</etc/hostname; sleep 0.2; echo 'passed Shop.{program}.Test{number} (400ms)'; echo '  from /shop/{program}.dll (net10.0|x64)'; "));

        Watch watch = Watch.Over(["--mark", "dotnet-test", "--max-rss", "1GB", "--max-growth-per-phase", "900MB"], "/bin/bash", "-c", script + "echo 'Test run summary: Passed!'").Expect(expected);

        Assert.Equal(verdict, watch.Verdict);
        Assert.Equal(9, watch.Phases.Length);
        if (verdict == "Inconclusive")
        {
            Assert.Contains("2 programs ran tests at the same time", watch.Run.Error, StringComparison.Ordinal);
            Assert.Contains("; kept: max-rss; not measured: max-growth-per-phase", watch.Run.Error, StringComparison.Ordinal);
            Assert.Empty(watch.Leaking);
            Assert.All(watch.Phases, phase => Assert.Equal(JsonValueKind.Null, phase.GetProperty("returnedToBaseline").ValueKind));
        }
    }

    [Fact]
    public void MarkFile_AnyProgram_MakesPhases()
    {
        using TemporaryFolder folder = new();
        string marks = Path.Combine(folder.Path, "marks");

        Watch watch = Watch.Over(
            ["--mark-file", marks],
            "/bin/sh", "-c", "mark() { echo \"$1\" >> \"$LIMPET_MARK_FILE\"; }; mark first; sleep 0.3; mark 'begin keeps file'; sleep 0.2; exec 7>\"$LIMPET_MARK_FILE.x\"; sleep 0.3; mark third; sleep 0.3; mark end; sleep 0.1");

        Assert.Equal(["first", "keeps file", "third"], watch.Phases.Select(phase => phase.GetProperty("name").GetString()));
        Assert.Equal(["keeps file"], watch.Leaking);
    }

    private static Watch Pytest(string tests)
    {
        string pytest = Watch.Program("/usr/lib/python3/dist-packages/pytest/__init__.py", "apt-get install python3-pytest");
        using TemporaryFolder folder = new();
        string file = Path.Combine(folder.Path, "test_suite.py");
        File.WriteAllText(file, $"{Shared}\n{tests}\n{Last}\n");
        return Watch.Over(Tests, Watch.Python, "-m", "pytest", "-v", "-p", "no:cacheprovider", file);
    }

    private static Watch Node(string tests)
    {
        string node = Watch.Program("/usr/bin/node", "apt-get install nodejs");
        using TemporaryFolder folder = new();
        string file = Path.Combine(folder.Path, "suite.test.mjs");
        File.WriteAllText(file, $$"""
            import test from 'node:test'; import fs from 'node:fs'; import { spawn } from 'node:child_process'; import { setTimeout as sleep } from 'node:timers/promises';
            const kept = [];
            test('warms', async () => { kept.push(fs.openSync('/etc/passwd')); await sleep(220); });
            test('reads', async () => { const f = fs.openSync('/etc/hostname'); await sleep(220); fs.closeSync(f); });
            test('many', async () => { const all = Array.from({ length: 100 }, () => fs.openSync('/etc/hostname')); await sleep(220); all.forEach(f => fs.closeSync(f)); });
            {{tests}}
            test('churns', async () => { for (let i = 0; i < 20; i++) { new Array(50000).fill(i).map(x => ({ x })); await sleep(10); } });
            test('last', async () => { await sleep(220); });
            """);
        return Watch.Over(["--preset", "integration-tests", "--mark", "node-test"], node, "--test", file);
    }

    private static Watch Shell(string first, string second)
    {
        using TemporaryFolder folder = new();
        string script = $$"""
            dir={{folder.Path}}
            it() { echo "== $1"; $2; }
            reads() { grep -c . /etc/passwd >/dev/null; sleep 0.25; }
            catalog() { exec 7<>"$dir/catalog"; sleep 0.25; exec 7>&-; }
            first() { {{first}}; }
            second() { {{second}}; }
            it reads reads; it catalog catalog; it again reads; it more reads; it "opens lock" first; it "reads then" reads; it "leaves agent" second; it last reads; it end reads
            """;
        return Watch.Over(["--preset", "integration-tests", "--mark", "^== (.*)"], "/bin/bash", "-c", script);
    }
}
