using Limpet.Cli.Doctor;
using Limpet.Resources;
using Limpet.Results;

namespace Limpet.Cli.Tests.Doctor;

public sealed class RateTextTests
{
    [Theory]
    [InlineData("6.6 KB/request at 1000/min", "bytes", 110_000)]
    [InlineData("1MiB at 1/s", "bytes", 1_048_576)]
    [InlineData("2 descriptors/job at 30/min", "descriptors", 1)]
    [InlineData("1 socket/order at 20/s", "descriptors", 20)]
    [InlineData("0.5 threads/login at 1,800/h", "threads", 0.25)]
    public void Read_Rate_IsPerSecond(string text, string unit, double perSecond)
    {
        RateText rate = RateText.Read(text);
        Assert.Equal(unit, rate.Unit);
        Assert.Equal(perSecond, rate.PerSecond, perSecond * 1e-9);
    }

    [Theory]
    [InlineData("")]
    [InlineData("6.6 KB/request")]
    [InlineData("6.6 KB/request at often")]
    [InlineData("6.6 KB/request at 10/fortnight")]
    [InlineData("0 sockets/request at 10/s")]
    [InlineData("1 elephant/request at 10/s")]
    [InlineData("-1 KB/request at 10/s")]
    public void Read_NoRate_SaysWhatARateIs(string text)
    {
        LimpetException wrong = Assert.Throws<LimpetException>(() => RateText.Read(text));
        Assert.StartsWith($"--rate is \"{text}\", and must be what an operation loses and how often it is done, such as \"6.6 KB/request at 1000/min\"", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Projections_Bytes_ReachTheNearerLimitFirst()
    {
        MachineFacts facts = new() { Memory = new MemoryRoom { GroupLimit = new ByteSize(2000), GroupUsage = new ByteSize(1000), HostTotal = new ByteSize(10_000), HostAvailable = new ByteSize(4000) } };
        LimitProjection[] projections = [.. RateProjections.Of(new RateText("bytes", 10), facts, null, null)];
        Assert.Equal([("cgroupMemory", 100.0, 1000.0), ("hostMemory", 400, 6000)], projections.Select(projection => (projection.Limit, projection.InSeconds!.Value, projection.Used)));
    }

    [Fact]
    public void Projections_Descriptors_CountWhatTheProcessHas()
    {
        ProcessReading process = new() { Pid = 1, DescriptorCount = 24 };
        LimitProjection projection = Assert.Single(RateProjections.Of(new RateText("descriptors", 2), new MachineFacts { OpenFiles = 20_000 }, process, 1024));
        Assert.Equal((1024, 500, 24), (projection.LimitValue, projection.InSeconds, projection.Used));
    }
}
