using System.Runtime.InteropServices;
using Limpet.Capture.Dumps;

namespace Limpet.Capture.Tests.Dumps;

/// <summary>What tells one build of a runtime from every other, on each system.</summary>
public sealed class RuntimeFilesTests
{
    private static readonly byte[] Uuid = [.. Enumerable.Range(1, 16).Select(value => (byte)value)];

    [Fact]
    public void OfMach_AmongLoadCommands_IsTheUuid() => Assert.Equal(Uuid, RuntimeFiles.OfMach([.. new byte[32], 2, 0, 0, 0, 24, 0, 0, 0, .. new byte[16], 0x1b, 0, 0, 0, 24, 0, 0, 0, .. Uuid]));

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(255)]
    public void OfMach_ACommandOfAWrongLength_IsNone(byte length) => Assert.Empty(RuntimeFiles.OfMach([.. new byte[32], 2, 0, 0, 0, length, 0, 0, 0, .. new byte[16], 0x1b, 0, 0, 0, 24, 0, 0, 0, .. Uuid]));

    [Fact]
    public void OfMach_NoFile_IsNone() => Assert.Empty(RuntimeFiles.OfMach([]));

    [Fact]
    public void OfImage_AnAssembly_IsTheSameForTheSameFileOnly()
    {
        byte[] one = RuntimeFiles.OfImage(typeof(object).Assembly.Location);
        Assert.Equal(8, one.Length);
        Assert.Equal(one, RuntimeFiles.OfImage(typeof(object).Assembly.Location));
        Assert.NotEqual(one, RuntimeFiles.OfImage(typeof(RuntimeFilesTests).Assembly.Location));
    }

    [Theory]
    [InlineData("/bin/sh")]
    [InlineData("/nowhere")]
    public void OfImage_WhatIsNone_IsNone(string path) => Assert.Empty(RuntimeFiles.OfImage(path));

    [Fact]
    public void Of_EachSystem_NamesItsFiles()
    {
        Assert.Equal(("libmscordaccore.so", "libcoreclr.so"), Names(OSPlatform.Linux));
        Assert.Equal(("mscordaccore.dll", "coreclr.dll"), Names(OSPlatform.Windows));
        Assert.Equal(("libmscordaccore.dylib", "libcoreclr.dylib"), Names(OSPlatform.OSX));

        static (string, string) Names(OSPlatform platform) => (RuntimeFiles.Of(platform).Library, RuntimeFiles.Of(platform).Runtime);
    }
}
