using System.Collections.Immutable;
using System.Globalization;
using Limpet.Cli.Hunting.Run;
using Limpet.Heap;
using Limpet.Heap.Paths;
using Limpet.Resources;
using Limpet.Verdicts;
using TestHeap = Limpet.Heap.Tests.Heap;

namespace Limpet.Cli.Tests.Hunting;

/// <summary>A hunt does not drive a program that leaks descriptors into its limit.</summary>
public sealed class DescriptorRoomTests
{
    [Theory]
    [InlineData(1024, 100, 300, 100, 234)]
    [InlineData(1024, 100, 110, 100, 6580)]
    [InlineData(1024, 100, 800, 100, 0)]
    public void OperationsLeft_OfALeak_GoToThreeQuartersOfTheLimit(int limit, int before, int now, long operations, long left) =>
        Assert.Equal(left, Limit(limit).OperationsLeft(before, now, operations));

    [Fact]
    public void OperationsLeft_WithoutGrowthOrLimit_AreNotCounted()
    {
        Assert.Null(Limit(1024).OperationsLeft(100, 100, 50));
        Assert.Null(Limit(1024).OperationsLeft(100, 90, 50));
        Assert.Null(Limit(null).OperationsLeft(100, 300, 50));
    }

    [Theory]
    [InlineData(null, 1009)]
    [InlineData(7468L, 311)]
    [InlineData(40L, 3)]
    [InlineData(1_000_000L, 1009)]
    public void LargestRound_IsSmallEnoughForTwentyFour(long? left, long largest) =>
        Assert.Equal(largest, DescriptorRoom.LargestRound(left, 1009));

    /// <summary>One each operation: the second round must not be so long that it uses up what is left.</summary>
    [Theory]
    [InlineData(2, 5, 91L)]
    [InlineData(5, 5, null)]
    public void OperationsLeft_OfInotifyInstances_AreKnownAfterTheFirstRound(int atStart, int now, long? left)
    {
        ProcessReading reading = new() { Pid = 1, DescriptorCount = 700, DescriptorsByKind = ImmutableSortedDictionary<DescriptorKind, int>.Empty.Add(DescriptorKind.Inotify, now) };
        HuntLog log = new(DriveMode.Operations);
        using HeapGraph graph = TestHeap.Of(_ => { });
        log.Add(new Round(RoundKind.Warmup, 3, 0, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)), new SettledReading(reading, reading, HeapCensus.Take(graph, TestContext.Current.CancellationToken), 0, 0, TimeSpan.Zero));

        Assert.Equal(left, new DescriptorRoom([Limit(1024), DescriptorLimit.OfInotify(Environment.ProcessId) with { Value = 128, AtStart = atStart }]).OperationsLeft(log));
    }

    [Fact]
    public void Of_AProcess_IsTheSoftLimitOfItsOpenFiles() =>
        Assert.True(DescriptorLimit.OfFiles(Environment.ProcessId).Value is null or > 0);

    [Fact]
    public void OfInotify_OnThisMachine_IsWhatTheKernelSays() =>
        Assert.Equal(int.Parse(File.ReadAllText("/proc/sys/fs/inotify/max_user_instances"), CultureInfo.InvariantCulture), DescriptorLimit.OfInotify(Environment.ProcessId).Value);

    private static DescriptorLimit Limit(int? value) => new(value, "open descriptors", "its limit");
}
