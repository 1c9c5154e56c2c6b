using Limpet.Guards;
using Limpet.Results;

namespace Limpet.Tests.Guards;

/// <summary>Bytes that grew between two readings, and the classes that ended meanwhile.</summary>
public sealed class LeftoversTests
{
    [Theory]
    [InlineData(1, 1.0, "1.00 MiB live managed bytes of 1")]
    [InlineData(1, 0.9, "")]
    [InlineData(3, 1.0, "1.00 MiB live managed bytes of 3")]
    [InlineData(40, 20.0, "")] // half a MiB for each: less than one is suspected of
    [InlineData(40, 60.0, "60.0 MiB live managed bytes of 0, 40 classes share a reading")]
    public void Bytes_AreSuspectedByTheClassesThatShareThem(int classes, double grown, string expected)
    {
        List<GuardedClass> ended = [.. Enumerable.Range(0, classes).Select(number => new GuardedClass($"Shop.Class{number}", 10, 1))];
        List<SettledReading> readings = [new(new ByteSize(1 << 20), 30, 2, 0), new(new ByteSize((1 << 20) + (long)(grown * (1 << 20))), 30, 2, 0)];

        string left = string.Join('\n', Leftovers.Of([], [], [], [], "", [], ended, readings, new LeakGuardOptions())
            .Select(one => $"{new ByteSize(one.Count)} {one.What} of {one.Tests.Length}{(one.Note is null ? "" : ", " + one.Note)}"));

        Assert.Equal(expected, left);
    }
}
