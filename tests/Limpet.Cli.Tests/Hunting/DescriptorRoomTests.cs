using System.Globalization;
using Limpet.Cli.Hunting.Run;

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

    [Fact]
    public void Of_AProcess_IsTheSoftLimitOfItsOpenFiles() =>
        Assert.True(DescriptorLimit.OfFiles(Environment.ProcessId).Value is null or > 0);

    [Fact]
    public void OfInotify_OnThisMachine_IsWhatTheKernelSays() =>
        Assert.Equal(int.Parse(File.ReadAllText("/proc/sys/fs/inotify/max_user_instances"), CultureInfo.InvariantCulture), DescriptorLimit.OfInotify().Value);

    private static DescriptorLimit Limit(int? value) => new(value, "open descriptors", "its limit");
}
