using Limpet.Testing;

namespace Limpet.EndToEnd.Tests.Watching;

/// <summary>The live view on a real terminal: python's pty module is the terminal, and the user at it.</summary>
public sealed class WatchTerminalTests
{
    /// <summary>
    /// Waits for what must come, never for a time. A scene prints one line when all held, else what it saw. The rows of a screen begin with "go home" or a line
    /// break and end with "clear the rest of the line".
    /// </summary>
    private const string User = """
        import fcntl, os, pty, re, select, signal, struct, subprocess, sys, termios, time
        scene, command = sys.argv[1], sys.argv[2:]
        def size(fd, rows, columns): fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        target = subprocess.Popen(["/bin/sleep", "600"])
        pid, terminal = pty.fork()
        if pid == 0:
            os.environ["TERM"] = "dumb" if scene == "dumb" else "xterm"
            os.environ.pop("NO_COLOR", None)
            while struct.unpack("HHHH", fcntl.ioctl(0, termios.TIOCGWINSZ, bytes(8)))[0] == 0: time.sleep(0.01)
            os.execvp(command[0], command + ["--pid", str(target.pid), "--max-rss", "1GB"])
        before, seen, data, deadline = termios.tcgetattr(terminal), "", b"", time.monotonic() + 110
        size(terminal, 24, 80)
        def fail(why): target.kill(); os.kill(pid, signal.SIGKILL); print(why, repr(seen[-4000:])); sys.exit(1)
        def read():
            global seen, data
            if time.monotonic() > deadline: fail("too late")
            if select.select([terminal], [], [], 0.2)[0]:
                try: more = os.read(terminal, 65536)
                except OSError: more = b""
                data += more
                seen = data.decode("utf-8", "ignore")
                return more != b""
            return True
        def screens(): return [[row.split("\x1b[K")[0] for row in one.split("\r\n")] for one in re.findall(r"\x1b\[H(.*?)\x1b\[J", seen, re.S)]
        def until(holds, why):
            while not holds():
                if not read(): fail("ended, not: " + why)
        def fits(screen, rows, columns): return len(screen) <= rows and max(map(len, screen)) <= columns
        def given_back(): return seen.rfind("\x1b[?1049h") < seen.rfind("\x1b[?7h") < seen.rfind("\x1b[?25h") < seen.rfind("\x1b[?1049l")
        def end(key):
            os.write(terminal, key)
            while read(): pass
            code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
            alive = target.poll() is None
            target.kill()
            return "code %s alive %s modes %s" % (code, alive, termios.tcgetattr(terminal)[:4] == before[:4])
        def report(): return "report behind it %s" % (given_back() and 0 < seen.rfind("\x1b[?1049l") < seen.find("watched with ") and "\x1b[?" not in seen[seen.rfind("\x1b[?1049l") + 8:])
        if scene == "dumb":
            until(lambda: re.search(r"\[\d\d:\d\d:\d\d\] .* resident, .* 1 process,", seen), "a line with the time")
            print(end(b"\x03"), "escapes", seen.count("\x1b"))
            sys.exit(0)
        until(lambda: any("/bin/sleep 600" in row for screen in screens() for row in screen), "the process is shown")
        if scene == "resize":
            if not all(fits(screen, 24, 80) for screen in screens()): fail("does not fit")
            size(terminal, 9, 42)
            until(lambda: fits(screens()[-1], 9, 42) and "max-rss" in screens()[-1][1], "fits into the smaller terminal")
        elif scene == "suspend":
            os.write(terminal, b"\x1a")
            while os.waitpid(pid, os.WUNTRACED | os.WNOHANG)[0] == 0: read()
            until(given_back, "the terminal is the shell's")
            shown = len(screens())
            os.kill(pid, signal.SIGCONT)
            until(lambda: len(screens()) > shown and not given_back(), "it is shown again")
        print(end(b"\x1c" if scene == "quit" else b"\x03"), report())
        """;

    [Theory]
    [InlineData("resize", "code 130 alive True modes True report behind it True\n")]
    [InlineData("quit", "code 130 alive True modes True report behind it True\n")]
    [InlineData("suspend", "code 130 alive True modes True report behind it True\n")]
    [InlineData("dumb", "code 130 alive True modes True escapes 0\n")]
    public void Watch_OnATerminal_ShowsATableThatFitsAndGivesTheTerminalBack(string scene, string expected)
    {
        using TemporaryFolder folder = new();
        string user = folder.File("user.py");
        File.WriteAllText(user, User);
        CliRun run = CliProcess.Execute([Watch.Python, user, scene, "dotnet", CliProcess.Dll, "watch", "--no-color"], deadline: TimeSpan.FromMinutes(2));
        Assert.Equal(expected, run.Output);
    }
}
