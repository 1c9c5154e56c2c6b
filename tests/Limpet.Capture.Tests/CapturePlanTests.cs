using System.Runtime.InteropServices;
using Limpet.Results;

namespace Limpet.Capture.Tests;

public sealed class CapturePlanTests
{
    [Fact]
    public void For_LinuxOnX64_TriesMemoryDumpAndEvents()
    {
        CapturePlan plan = CapturePlan.For(new CaptureSystem("Linux", Architecture.X64));
        Assert.Equal([CaptureWay.Live, CaptureWay.Dump, CaptureWay.EventPipe], plan.Ways);
        Assert.Null(plan.Warning);
    }

    [Fact]
    public void For_Musl_IsTheSameAndUntested()
    {
        CapturePlan plan = CapturePlan.For(new CaptureSystem("Linux", Architecture.X64, IsMusl: true));
        Assert.Equal([CaptureWay.Live, CaptureWay.Dump, CaptureWay.EventPipe], plan.Ways);
        Assert.Equal("untested on this system: Linux with musl on x64", plan.Warning);
    }

    [Theory]
    [InlineData("Linux", Architecture.Arm64, "untested on this system: Linux on arm64")]
    [InlineData("Windows", Architecture.X64, "untested on this system: Windows on x64")]
    [InlineData("macOS", Architecture.Arm64, "untested on this system: macOS on arm64")]
    public void For_AnotherSystem_AsksTheRuntimeForEvents(string name, Architecture architecture, string warning)
    {
        CapturePlan plan = CapturePlan.For(new CaptureSystem(name, architecture));
        Assert.Equal([CaptureWay.EventPipe], plan.Ways);
        Assert.Equal(warning, plan.Warning);
    }

    [Fact]
    public void Current_IsThisMachine() => Assert.Equal(
        (OperatingSystem.IsLinux(), RuntimeInformation.ProcessArchitecture),
        (CaptureSystem.Current.HasProc, CaptureSystem.Current.Architecture));
}
