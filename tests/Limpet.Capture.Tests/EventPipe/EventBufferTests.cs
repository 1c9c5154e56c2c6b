using Limpet.Capture.EventPipe;
using Limpet.Resources;
using Limpet.Results;

namespace Limpet.Capture.Tests.EventPipe;

/// <summary>What the runtime of a target may take for events lies in the target: in its limits.</summary>
public sealed class EventBufferTests
{
    private const long Mebibyte = 1 << 20;

    [Theory]
    [InlineData(8192, 4096, null, null, null, 1024)] // never more
    [InlineData(2048, 2000, null, null, null, 512)] // a quarter of the machine
    [InlineData(2048, 300, null, null, null, 150)] // half of what is left of it
    [InlineData(65536, 60000, 512, 100, null, 128)] // a quarter of the group
    [InlineData(65536, 60000, 512, 412, null, 50)] // half of what is left in the group
    [InlineData(65536, 60000, 512, 512, null, 1)] // nothing is left: events are lost rather than the process
    [InlineData(65536, 60000, 512, 600, null, 1)]
    [InlineData(65536, 60000, 512, 507, 255, 128)] // files that the kernel takes back leave room
    [InlineData(65536, 60000, 512, 507, 95, 50)]
    [InlineData(null, null, null, null, null, 64)] // what limpet itself could have
    public void For_ARoom_FitsIntoIt(int? total, int? available, int? limit, int? usage, int? files, int expected)
    {
        MemoryRoom room = new() { HostTotal = Size(total), HostAvailable = Size(available), GroupLimit = Size(limit), GroupUsage = Size(usage), GroupReclaimable = Size(files) };
        Assert.Equal(new ByteSize(expected * Mebibyte), EventBuffer.For(room, new ByteSize(256 * Mebibyte)));
    }

    private static ByteSize? Size(int? mebibytes) => mebibytes is { } value ? new ByteSize(value * Mebibyte) : null;
}
