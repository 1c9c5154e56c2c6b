using Limpet.Capture.Residency;
using Limpet.Results;

namespace Limpet.Capture.Tests.Residency;

public sealed class MemoryAdviceTests
{
    private const long Mebibyte = 1024 * 1024;

    [Fact]
    public void Table_FlatHeapAndFreedMemory_SaysWhereItIsAndWhatToDo()
    {
        MemoryTable memory = MemoryAdvice.Table(
            new ByteSize(1000 * Mebibyte),
            [(MemoryUse.GcLive, 60 * Mebibyte, null), (MemoryUse.GcUnused, 40 * Mebibyte, null), (MemoryUse.NativeFree, 700 * Mebibyte, "in 30 arenas"), (MemoryUse.Rest, 200 * Mebibyte, null), (MemoryUse.Stacks, 0, null)],
            []);
        Assert.Equal(
            "Most of the resident memory is outside of the managed heap: the heap has 100 MiB (10 %), of which 60.0 MiB are live; outside of it, most are native memory that was freed and that malloc keeps: 700 MiB (70 %).",
            memory.Answer);
        Assert.Equal([MemoryUse.GcLive, MemoryUse.GcUnused, MemoryUse.NativeFree, MemoryUse.Rest], memory.Rows.Select(row => row.Use));
        Assert.Equal([MemoryUse.NativeFree, MemoryUse.Rest], memory.Rows.Where(row => row.NextStep is not null).Select(row => row.Use));
        Assert.StartsWith("no leak: malloc keeps it in its arenas. MALLOC_ARENA_MAX=2", memory.Rows[2].NextStep, StringComparison.Ordinal);
    }

    [Fact]
    public void Table_LargeRowOfEachUse_HasANextStep() => Assert.All(
        Enum.GetValues<MemoryUse>(),
        use => Assert.NotNull(Assert.Single(MemoryAdvice.Table(new ByteSize(100 * Mebibyte), [(use, 100 * Mebibyte, null)], []).Rows).NextStep));

    [Fact]
    public void Table_ThatDoesNotAddUp_IsABug() =>
        Assert.Throws<InvalidOperationException>(() => MemoryAdvice.Table(new ByteSize(100), [(MemoryUse.Rest, 99, null)], []));
}
