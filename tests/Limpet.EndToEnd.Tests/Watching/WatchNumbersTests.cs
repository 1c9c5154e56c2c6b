using System.Text.Json;

namespace Limpet.EndToEnd.Tests.Watching;

/// <summary>Programs that know their own numbers: what is read of them must be the same.</summary>
public sealed class WatchNumbersTests
{
    [Fact]
    public void Watch_Descriptors_EqualTheKernelsList()
    {
        const string Script = """
            import os, socket, sys, time, tempfile
            def count():
                return len(os.listdir("/proc/self/fd")) - 1 # without the one that lists
            kept = []
            def phase(name, work):
                print("== " + name, flush=True); time.sleep(0.5); work(); time.sleep(0.5); print("fds", count(), flush=True)
            def files(): kept.extend(open("/etc/hostname") for _ in range(7))
            def deleted():
                f = tempfile.TemporaryFile(); kept.append(f)
            def listen():
                s = socket.socket(); s.bind(("127.0.0.1", 0)); s.listen(); kept.append(s)
            def connect():
                c = socket.create_connection(kept[-1].getsockname()); kept.append(c); kept.append(kept[-2].accept()[0])
            def pipes(): kept.append(os.pipe())
            phase("files", files); phase("deleted", deleted); phase("listen", listen); phase("connect", connect); phase("pipes", pipes); phase("last", lambda: None)
            """;

        Watch watch = Watch.Over(["--mark", "^== (.*)"], Watch.Python, "-c", Script);

        int[] stated = [.. watch.Run.Output.Split('\n').Where(line => line.StartsWith("fds ", StringComparison.Ordinal)).Select(line => int.Parse(line[4..], System.Globalization.CultureInfo.InvariantCulture))];
        Assert.Equal(stated[..5], watch.Phases.Take(5).Select(phase => phase.GetProperty("end").GetProperty("fds").GetInt32()));
        Assert.Equal([7, 1, 1, 2, 2], watch.Phases.Take(5).Select(phase => phase.GetProperty("delta").GetProperty("fds").GetInt32()));
        string left = string.Join('\n', watch.Phases.SelectMany(phase => phase.GetProperty("left").EnumerateArray()).Select(one => $"{one.GetProperty("amount")} {one.GetProperty("name")}"));
        Assert.Contains("7 file /etc/hostname", left, StringComparison.Ordinal);
        Assert.Contains("1 deleted file /tmp/", left, StringComparison.Ordinal);
        Assert.Contains("socket TCP LISTEN at 127.0.0.1:", left, StringComparison.Ordinal);
        Assert.Contains("socket TCP ESTABLISHED", left, StringComparison.Ordinal);
        Assert.Contains("2 pipe", left, StringComparison.Ordinal);
    }

    [Fact]
    public void Watch_MemoryAndThreads_AreThoseOfTheProgram()
    {
        const string Script = """
            import mmap, threading, time
            kept = [bytearray(30 << 20)] # what a program takes as it starts is no phase's
            def phase(name, work):
                print("== " + name, flush=True); time.sleep(0.5); work(); time.sleep(0.5)
            def native(): kept.append(bytearray(40 << 20))
            def mapped():
                m = mmap.mmap(-1, 24 << 20, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS); m.write(b"x" * (24 << 20)); kept.append(m)
            def threads():
                for _ in range(5): threading.Thread(target=threading.Event().wait, daemon=True).start()
            phase("first", lambda: bytes(1 << 20)); phase("native", native); phase("mapped", mapped); phase("threads", threads); phase("last", lambda: None)
            """;

        Watch watch = Watch.Over(["--mark", "^== (.*)"], Watch.Python, "-c", Script);

        Assert.InRange(watch.Phase("native").GetProperty("delta").GetProperty("pssBytes").GetInt64(), 39 << 20, 42 << 20);
        Assert.InRange(watch.Phase("mapped").GetProperty("delta").GetProperty("rssBytes").GetInt64(), 23 << 20, 50 << 20);
        Assert.Equal(5, watch.Phase("threads").GetProperty("delta").GetProperty("threads").GetInt32());
        Assert.Equal(["native", "mapped", "threads"], watch.Leaking);
    }

    [Fact]
    public void Watch_Zombies_AreCountedToWhoMadeThem()
    {
        const string Script = """
            import os, time
            def phase(name, work):
                print("== " + name, flush=True); time.sleep(0.5); work(); time.sleep(0.5)
            def zombies():
                for _ in range(3):
                    if os.fork() == 0: os._exit(0)
            phase("first", lambda: None); phase("zombies", zombies); phase("then", lambda: None); phase("last", lambda: None)
            """;

        Watch watch = Watch.Over(["--mark", "^== (.*)"], Watch.Python, "-c", Script).Expect(1);

        Assert.Equal(["zombies"], watch.Leaking);
        Assert.Contains("3 that nobody has waited for", watch.Result.GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Watch_DaemonThatForkedTwice_IsFollowedAndLeftRunning()
    {
        const string Script = """
            import os, time
            if os.fork() == 0:
                os.setsid()
                if os.fork() == 0:
                    time.sleep(4); os._exit(0)
                os._exit(0)
            time.sleep(0.5)
            """;

        Watch watch = Watch.Over([], Watch.Python, "-c", Script);

        JsonElement orphan = Assert.Single(watch.Processes, process => process.GetProperty("orphan").GetBoolean());
        int pid = orphan.GetProperty("pid").GetInt32();
        Assert.True(Directory.Exists($"/proc/{pid}"), "The daemon was ended.");
        Assert.Contains($"process {pid} ", watch.Run.Error, StringComparison.Ordinal);
        Assert.Contains("was left running", watch.Run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Watch_ExitCodes_AreThoseOfTheProcesses()
    {
        Watch watch = Watch.Over([], "/bin/sh", "-c", "sleep 0.3 & sleep 0.4; exit 7").Expect(4);

        Assert.Equal(7, watch.Processes[0].GetProperty("exitCode").GetInt32());
        Assert.True(watch.Processes.Length >= 3);
    }
}
