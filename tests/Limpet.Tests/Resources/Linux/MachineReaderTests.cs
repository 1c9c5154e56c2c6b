using Limpet.Resources;
using Limpet.Resources.Linux;

namespace Limpet.Tests.Resources.Linux;

public sealed class MachineReaderTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("limpet-machine-").FullName;

    [Fact]
    public void Read_DrawnMachine_HasItsValues()
    {
        Write("/proc/sys/kernel/osrelease", "6.1.0-18-amd64\n");
        Write("/proc/sys/kernel/yama/ptrace_scope", "1\n");
        Write("/proc/sys/kernel/perf_event_paranoid", "-1\n");
        Write("/proc/sys/kernel/threads-max", "63432\n");
        Write("/sys/fs/cgroup/cgroup.controllers", "cpu memory pids\n");
        Write("/sys/fs/cgroup/pids.max", "4096\n");
        Write("/proc/sys/net/ipv4/ip_local_port_range", "32768\t60999\n");
        Write("/proc/sys/vm/overcommit_memory", "2\n");
        Write("/proc/sys/vm/max_map_count", "65530\n");
        Write("/proc/sys/fs/inotify/max_user_instances", "128\n");
        Write("/proc/self/status", "Name:\tshop\nCapEff:\t0000000000080000\n");
        Write("/proc/self/limits", "Limit                     Soft Limit           Hard Limit           Units     \nMax open files            1024                 524288               files     \n");
        Write("/proc/self/net/tcp", "  sl  local_address rem_address   st\n   0: 0100007F:1538 0302010A:9C40 06 0\n   1: 0100007F:1538 0302010A:9C40 01 0\n   2: 0100007F:1539 0302010A:9C40 06 0\n");
        Write("/usr/share/dotnet/shared/Microsoft.NETCore.App/10.0.1/libmscordaccore.so", "");

        MachineFacts facts = new LinuxMachineReader(root).Read();
        Assert.Equal("6.1.0-18-amd64", facts.Kernel);
        Assert.Equal((1L, true, -1L), (facts.PtraceScope!.Value, facts.MayTraceAll, facts.PerfParanoid!.Value));
        Assert.Equal((1024L, 524288L, 4096L), (facts.OpenFiles!.Value, facts.OpenFilesHard!.Value, facts.Threads!.Value));
        Assert.Equal(((32768L, 60999L), 2), (facts.Ports!.Value, facts.TimeWait!.Value));
        Assert.Equal((2L, 65530L, 128L, 2), (facts.Overcommit!.Value, facts.Mappings!.Value, facts.InotifyInstances!.Value, facts.GroupVersion!.Value));
        InstalledRuntime runtime = Assert.Single(facts.Runtimes, runtime => runtime.Folder.StartsWith(root, StringComparison.Ordinal));
        Assert.Equal(("10.0.1", true, false), (runtime.Version, runtime.HasDataAccess, runtime.HasDumper));
    }

    [Fact]
    public void Read_MachineThatTellsNothing_HasNulls()
    {
        MachineFacts facts = new LinuxMachineReader(root).Read();
        Assert.Null(facts.Kernel);
        Assert.Null(facts.PtraceScope);
        Assert.Null(facts.OpenFiles);
        Assert.Null(facts.Ports);
        Assert.Null(facts.TimeWait);
        Assert.Null(facts.GroupVersion);
        Assert.False(facts.MayTraceAll);
        Assert.Empty(facts.Runtimes);
    }

    [Fact]
    public void Read_ThisMachine_HasTheBasics()
    {
        MachineFacts facts = ProcessReaders.Machine.Read();
        Assert.NotNull(facts.Kernel);
        Assert.InRange(facts.OpenFiles!.Value, 1, long.MaxValue);
        Assert.NotNull(facts.Memory.HostTotal);
        Assert.NotNull(facts.Uid);
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(root + path)!);
        File.WriteAllText(root + path, text);
    }
}
