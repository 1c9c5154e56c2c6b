using Limpet.Heap.Strings;

namespace Limpet.Heap.Tests.Strings;

public sealed class StringGroupsTests
{
    [Fact]
    public void Find_ManyStrings_IsWhatGroupingOneByOneFinds()
    {
        // Enough for more than one part, of all sizes of groups.
        Random random = new(7);
        ulong[] hashes = [.. Enumerable.Range(0, 40_000).Select(_ => (ulong)random.NextInt64())];
        StringPrint[] all = [.. Enumerable.Range(0, 1_600_000).Select(_ => random.Next(200) < 199 ? random.Next(1 << random.Next(1, 15)) : random.Next(hashes.Length)).Select(text => new StringPrint(text % 200, hashes[text]))];
        var expected = all.GroupBy(print => print).Where(group => group.Count() > 1).ToDictionary(group => group.Key, group => group.LongCount());

        StringGroups groups = Find(all, 50);

        Assert.Equal((1_600_000, expected.Count), (groups.Strings, groups.RepeatedTexts));
        Assert.Equal(all.Sum(print => print.Bytes), groups.Bytes);
        Assert.Equal(expected.Sum(group => (group.Value - 1) * group.Key.Bytes), groups.SavableBytes);
        Assert.Equal(
            expected.OrderByDescending(group => (group.Value - 1) * group.Key.Bytes).ThenByDescending(group => group.Key.Length).ThenBy(group => group.Key.Hash).Take(50).Select(group => (group.Key, group.Value)),
            groups.Largest.Select(group => (group.Print, group.Count)));
        Assert.All(groups.Largest, group => Assert.Equal(group.Print, all[(group.Run * 1_000_000) + group.Index]));
    }

    [Fact]
    public void Find_EqualHashesOfOtherLengths_AreOtherTexts()
    {
        StringGroups groups = Find([new(3, 5), new(4, 5), new(3, 5), new(5, 5)], 10);

        Assert.Equal([(new StringPrint(3, 5), 2L)], groups.Largest.Select(group => (group.Print, group.Count)));
        Assert.Equal((1, 32), (groups.RepeatedTexts, groups.SavableBytes));
    }

    [Fact]
    public void Find_HashesMadeToCollide_AreToldApart()
    {
        // A file can hold anything: equal high bits put all into one part, equal low bits would put all into one chain of a table that goes by them.
        StringPrint[] all = [.. Enumerable.Range(0, 300_000).Select(text => new StringPrint(8, (ulong)text << 12)), .. Enumerable.Range(0, 300_000).Select(length => new StringPrint(length, 77))];

        StringGroups groups = Find(all, 10);

        Assert.Equal((600_000, 0), (groups.Strings, groups.RepeatedTexts));
    }

    [Fact]
    public void Find_NegativeLengths_AreLeftOut() => Assert.Equal(1, Find([new(-1, 5), new(3, 5), new(-1, 5)], 10).Strings);

    [Fact]
    public void Find_Nothing_IsNothing() => Assert.Equal((0, 0, 0), (Find([], 10) is var groups ? groups.Strings : 1, groups.Bytes, groups.Largest.Length));

    [Fact]
    public void Find_Cancelled_Throws() => Assert.Throws<OperationCanceledException>(() => FindIn([new(3, 5)], 10, new CancellationToken(canceled: true)));

    private static StringGroups Find(StringPrint[] all, int most) => FindIn(all, most, TestContext.Current.CancellationToken);

    private static unsafe StringGroups FindIn(StringPrint[] all, int most, CancellationToken cancellation)
    {
        int[] lengths = [.. all.Select(print => print.Length)];
        ulong[] hashes = [.. all.Select(print => print.Hash)];
        fixed (int* length = lengths)
        fixed (ulong* hash = hashes)
        {
            // Two runs, as two workers leave them.
            int first = Math.Min(all.Length, 1_000_000);
            return StringGroups.Find([new StringRun(length, hash, first), new StringRun(length + first, hash + first, all.Length - first)], most, cancellation);
        }
    }
}
