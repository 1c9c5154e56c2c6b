using Limpet.Resources;
using Limpet.Testing;

namespace Limpet.Tests.Resources;

public sealed class ProcessProbeTests
{
    [Fact]
    public async Task Program_AnotherOneIsRun_IsAnotherNumber()
    {
        using Child child = Child.Shell("read line; exec cat");
        using IProcessProbe probe = ProcessReaders.Open(child.Pid)!;
        await Eventually.TrueAsync(() => probe.ReadCommandLine() is ["/bin/sh", ..], "the shell");
        int shell = probe.Read()!.Value.Program;
        Assert.Equal(shell, probe.Read()!.Value.Program);

        await child.Process.StandardInput.WriteLineAsync();
        await child.Process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => probe.ReadCommandLine() is ["cat"], "cat in its place");

        Assert.NotEqual(0, shell);
        Assert.NotEqual(shell, probe.Read()!.Value.Program);
    }

    [Fact]
    public void ReadExchanged_SameClosedAndOther_OnlyTheOtherIsTold()
    {
        using IProcessProbe self = ProcessReaders.Open(Environment.ProcessId)!;
        using FileStream file = new("/proc/self/status", FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        int number = (int)file.SafeFileHandle.DangerousGetHandle();
        Descriptor known = self.ReadDescriptor(number)!;

        Assert.Null(self.ReadExchanged(known));
        Assert.Null(self.ReadExchanged(known with { Number = 900_000 }));
        Assert.Equal(known, self.ReadExchanged(known with { Target = "/somewhere/else" }));
    }

    [Fact]
    public void ReadExchanged_ListedBefore_IsReadThroughTheOpenFolder()
    {
        using IProcessProbe self = ProcessReaders.Open(Environment.ProcessId)!;
        string name = Path.Combine(Path.GetTempPath(), $"limpet-\u00e9-{Guid.NewGuid():N}");
        using FileStream file = new(name, FileMode.CreateNew, FileAccess.Write, FileShare.Delete, 1, FileOptions.DeleteOnClose);
        List<int> numbers = [];
        Assert.True(self.TryListDescriptors(numbers));
        int number = (int)file.SafeFileHandle.DangerousGetHandle();

        Assert.Contains(number, numbers);
        Assert.Equal(new Descriptor(number, DescriptorKind.File, name), self.ReadDescriptor(number));
        Assert.Null(self.ReadExchanged(self.ReadDescriptor(number)!));
    }
}
