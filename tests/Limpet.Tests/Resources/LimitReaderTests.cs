using Limpet.Resources;
using Limpet.Resources.Linux;

namespace Limpet.Tests.Resources;

/// <summary>Files as the kernel writes them, in both versions of control groups.</summary>
public sealed class LimitReaderTests : IDisposable
{
    private const int Pid = 4242;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("limpet-limits-");

    private LinuxLimitReader Reader => new(Path.Combine(folder.FullName, "proc"), Path.Combine(folder.FullName, "cgroup"));

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Memory_SecondVersion_TakesTheSmallestLimitUpwards()
    {
        Machine("0::/app.slice/shop\n");
        Write("cgroup/app.slice/memory.max", "536870912\n");
        Write("cgroup/app.slice/memory.current", "104857600\n");
        Write("cgroup/app.slice/memory.stat", "anon 60000000\nfile 44857600\ninactive_anon 1\nactive_file 12000000\ninactive_file 31457280\n");
        Write("cgroup/app.slice/shop/memory.max", "max\n");
        Write("cgroup/app.slice/shop/memory.current", "52428800\n");
        Write("cgroup/app.slice/shop/cgroup.procs", "4242\n4243\n");
        Write("cgroup/app.slice/shop/worker/cgroup.procs", "4250\n");
        Write("cgroup/app.slice/shop/memory.events", "low 0\nhigh 0\nmax 3\noom 2\noom_kill 2\noom_group_kill 0\n");

        MemoryRoom room = Reader.Memory(Pid);

        Assert.Equal(512L << 20, room.GroupLimit!.Value.Bytes);
        Assert.Equal(100L << 20, room.GroupUsage!.Value.Bytes);
        Assert.Equal(30L << 20, room.GroupReclaimable!.Value.Bytes);
        Assert.Equal(70L << 20, room.GroupHeld!.Value.Bytes);
        Assert.Equal(2, room.GroupKills);
        Assert.Equal([4242, 4243, 4250], room.GroupProcesses);
        Assert.Equal(7, room.HostKills);
        Assert.Equal(8_000_000L * 1024, room.HostTotal!.Value.Bytes);
        Assert.Equal(4_000_000L * 1024, room.HostAvailable!.Value.Bytes);
    }

    [Fact]
    public void Memory_FirstVersion_ReadsTheControllerOfMemory()
    {
        Machine("9:name=systemd:/other\n4:memory:/shop\n3:cpuset:/other\n");
        Write("cgroup/memory/shop/memory.limit_in_bytes", "268435456\n");
        Write("cgroup/memory/shop/memory.usage_in_bytes", "1048576\n");
        Write("cgroup/memory/shop/memory.stat", "inactive_file 7\ntotal_inactive_file 8192\n");
        Write("cgroup/memory/shop/memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 5\n");
        Write("cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");

        MemoryRoom room = Reader.Memory(Pid);

        Assert.Equal(256L << 20, room.GroupLimit!.Value.Bytes);
        Assert.Equal((1L << 20) - 8192, room.GroupHeld!.Value.Bytes);
        Assert.Equal(5, room.GroupKills);
    }

    [Fact]
    public void Memory_NoLimitAnywhere_IsNone()
    {
        Machine("0::/\n");
        Write("cgroup/memory.max", "max\n");

        MemoryRoom room = Reader.Memory(Pid);

        Assert.Null(room.GroupLimit);
        Assert.Null(room.GroupKills);
    }

    [Fact]
    public void Renew_ProcessHasEnded_ReadsTheSameGroup()
    {
        Machine("0::/shop\n");
        Write("cgroup/shop/memory.events", "oom_kill 1\n");
        MemoryRoom before = Reader.Memory(Pid);
        Directory.Delete(Path.Combine(folder.FullName, "proc", "4242"), recursive: true);
        Write("cgroup/shop/memory.events", "oom_kill 3\n");

        Assert.Equal(1, before.GroupKills);
        Assert.Equal(3, Reader.Renew(before).GroupKills);
    }

    [Fact]
    public void OpenFiles_SoftLimit_IsTheOneInForce()
    {
        Write("proc/4242/limits", "Limit                     Soft Limit           Hard Limit           Units     \nMax open files            1024                 524288               files     \n");

        Assert.Equal(1024, Reader.OpenFiles(Pid));
        Assert.Null(Reader.OpenFiles(Pid + 1));
    }

    private void Machine(string groups)
    {
        Write("proc/meminfo", "MemTotal:        8000000 kB\nMemFree:          100000 kB\nMemAvailable:    4000000 kB\n");
        Write("proc/vmstat", "pgfault 12\noom_kill 7\n");
        Write("proc/4242/cgroup", groups);
    }

    private void Write(string path, string text)
    {
        string file = Path.Combine(folder.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
