using System.Runtime.InteropServices;
using Limpet.Capture.Dumps;
using Limpet.Capture.Native;
using Limpet.Results;

namespace Limpet.Capture.Tests.Dumps;

/// <summary>Which system a dump is of, and what is said where it cannot be read.</summary>
public sealed class DumpOriginTests : IDisposable
{
    private static readonly CaptureSystem Here = new("Linux", Architecture.X64);
    private readonly DumpFile file = DumpFile.Empty();

    public void Dispose() => file.Dispose();

    [Theory]
    [InlineData(62, "Linux on x64")]
    [InlineData(183, "Linux on arm64")]
    [InlineData(3, null)]
    public void Of_ACoreDump_IsByItsMachine(byte machine, string? expected)
    {
        byte[] bytes = new DrawnDump().ToArray();
        bytes[18] = machine;
        Assert.Equal(expected, Origin(bytes));
    }

    [Theory]
    [InlineData(7, "macOS on x64")]
    [InlineData(12, "macOS on arm64")]
    [InlineData(9, null)]
    public void Of_AMachCore_IsByItsMachine(byte machine, string? expected) => Assert.Equal(expected, Origin([0xcf, 0xfa, 0xed, 0xfe, machine, 0, 0, 1, 0, 0, 0, 0, 4, 0, 0, 0]));

    [Theory]
    [InlineData(9, "Windows on x64")]
    [InlineData(12, "Windows on arm64")]
    [InlineData(0, "Windows on x86")]
    [InlineData(5, null)]
    public void Of_AMinidump_IsByItsSystemStream(byte machine, string? expected) => Assert.Equal(expected, Origin(Minidump(machine)));

    [Theory]
    [InlineData("MDMP")]
    [InlineData("MDMP\0\0\0\0\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff")]
    [InlineData("something else")]
    [InlineData("")]
    public void Of_WhatIsCutOrNoDump_IsUnknown(string text) => Assert.Null(Origin([.. text.Select(letter => (byte)letter)]));

    [Fact]
    public void Of_NoFile_IsUnknown() => Assert.Null(DumpOrigin.Of(Path.Combine(file.Path, "nothing")));

    [Fact]
    public void Open_ADumpOfWindows_SaysWhereToReadIt()
    {
        File.WriteAllBytes(file.Path, Minidump(9));
        Assert.True(DumpHeap.IsDump(file.Path));
        LimpetException refused = Assert.Throws<LimpetException>(() => DumpHeap.Open(file.Path, cancellation: TestContext.Current.CancellationToken));
        Assert.Equal(
            $"Cannot read {file.Path}: it is the dump of a process on Windows on x64, whose runtime describes itself by a library that runs there only, and this is Linux on x64. Convert it on Windows on x64: limpet convert DUMP -o FILE.limpet",
            refused.Message);
        Assert.Equal(Trouble.Refused, refused.Trouble);
    }

    [Theory]
    [InlineData("Linux", Architecture.X64, true)]
    [InlineData("Linux", Architecture.Arm64, false)]
    [InlineData("Windows", Architecture.X64, false)]
    [InlineData("macOS", Architecture.X64, false)]
    public void RequireReader_OfADump_IsTheSystemThatItIsOf(string name, Architecture architecture, bool isRead)
    {
        NamedFile dump = new("heap.dmp", "Write it again.");
        CaptureSystem system = new(name, architecture);
        DumpHeap.RequireReader(dump, system, system);
        Assert.Equal(isRead, Record.Exception(() => DumpHeap.RequireReader(dump, Here, system)) is null);
        Assert.Equal(isRead, Record.Exception(() => DumpHeap.RequireReader(dump, null, system)) is null);
    }

    private static byte[] Minidump(byte machine) => [.. "MDMP"u8, 0, 0, 0, 0, 2, 0, 0, 0, 16, 0, 0, 0, 3, 0, 0, 0, 4, 0, 0, 0, 40, 0, 0, 0, 7, 0, 0, 0, 4, 0, 0, 0, 40, 0, 0, 0, machine, 0, 0, 0];

    private string? Origin(byte[] bytes)
    {
        File.WriteAllBytes(file.Path, bytes);
        return DumpOrigin.Of(file.Path)?.ToString();
    }
}
