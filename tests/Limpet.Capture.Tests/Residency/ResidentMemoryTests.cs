using Limpet.Capture.Live;
using Limpet.Results;
using Limpet.Testing;

namespace Limpet.Capture.Tests.Residency;

/// <summary>A real process whose amounts are known.</summary>
public sealed class ResidentMemoryTests
{
    private const long Mebibyte = 1024 * 1024;

    [Fact]
    public void CaptureWithMemory_KnownAmounts_AreInTheirRows()
    {
        using TargetProcess process = TargetProcess.Start("memory-uses");
        using LiveTarget live = LiveTarget.Attach(process.Id);
        LiveCapture capture = live.CaptureWithMemory(TestContext.Current.CancellationToken);
        capture.Graph.Dispose();
        MemoryTable memory = capture.Memory!;

        Assert.Equal(memory.Rss.Bytes, memory.Rows.Sum(row => row.Bytes.Bytes));
        Assert.Empty(memory.Doubts);

        // What the runtime has of each kind for itself comes on top; of what was freed it has taken some.
        Near(memory, MemoryUse.GcLive, process.Truth["objects"], 4 * Mebibyte);
        Near(memory, MemoryUse.NativeInUse, process.Truth["native"], 12 * Mebibyte);
        Near(memory, MemoryUse.NativeFree, process.Truth["freed"], 6 * Mebibyte, less: Mebibyte);
        Near(memory, MemoryUse.MappedFiles, process.Truth["mapped"], 2 * Mebibyte);
        Near(memory, MemoryUse.Stacks, process.Truth["stacks"], 2 * Mebibyte);
        Assert.InRange(Of(memory, MemoryUse.Code), 16 * 1024, 16 * Mebibyte);
        Assert.InRange(Of(memory, MemoryUse.LoaderHeaps), 256 * 1024, 24 * Mebibyte);
        Assert.InRange(Of(memory, MemoryUse.Libraries), Mebibyte, 80 * Mebibyte);
        Assert.InRange(Of(memory, MemoryUse.Rest), 0, 12 * Mebibyte);
    }

    private static void Near(MemoryTable memory, MemoryUse use, string truth, long more, long less = 0)
    {
        long expected = long.Parse(truth, System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(Of(memory, use) >= expected - less && Of(memory, use) <= expected + more, $"{use}: {new ByteSize(Of(memory, use))}, expected {new ByteSize(expected)} and at most {new ByteSize(more)} more.\n{string.Join('\n', memory.Rows)}");
    }

    private static long Of(MemoryTable memory, MemoryUse use) => memory.Rows.Where(row => row.Use == use).Sum(row => row.Bytes.Bytes);
}
