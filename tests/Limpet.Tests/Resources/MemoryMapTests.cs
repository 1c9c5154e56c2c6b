using Limpet.Resources;
using Limpet.Resources.Linux;

namespace Limpet.Tests.Resources;

public sealed class MemoryMapTests
{
    [Fact]
    public void Parse_Mappings_AreToldApart()
    {
        MemoryMap map = MemoryMap.Parse(System.Text.Encoding.UTF8.GetBytes(
            Mapping("55fe15afc000-55fe15cb2000 rw-p 00000000 00:00 0                          [heap]", 100)
            + Mapping("7f5000001000-7f5000002000 ---p 00000000 00:00 0 ", 0)
            + Mapping("7f5000002000-7f5000102000 rw-p 00000000 00:00 0 ", 12)
            + Mapping("7f5003ff0000-7f5004000000 ---p 00000000 00:00 0 ", 0)
            + Mapping("7f5004000000-7f5004100000 rw-p 00000000 00:00 0 ", 40)
            + Mapping("7f5bdfb90000-7f5bdfc1f000 rw-s 00021000 00:01 13974                      /memfd:doublemapper (deleted)", 408)
            + Mapping("7f5c5e2a2000-7f5c5e2cb000 rw-p 0069f000 fe:00 351014                     /opt/with space/libcoreclr.so", 8)
            + Mapping("7f5d00000000-7f5d00001000 rwxp 00000000 00:00 0 ", 4)
            + Mapping("7ffd00000000-7ffd00100000 rw-p 00000000 00:00 0                          [stack]", 20)));
        Assert.Equal(
            [
                (MemoryAreaKind.Anonymous, 100L),
                (MemoryAreaKind.Stack, 12),
                (MemoryAreaKind.Anonymous, 40),
                (MemoryAreaKind.CodeAndTypes, 408),
                (MemoryAreaKind.File, 8),
                (MemoryAreaKind.CodeAndTypes, 4),
                (MemoryAreaKind.Stack, 20),
            ],
            map.Areas.Select(area => (area.Kind, area.PrivateBytes / 1024)));
        Assert.Equal(0x7f5000002000UL, map.Areas[1].Start);
        Assert.Equal(map.Areas.Sum(area => area.PrivateBytes), map.Private.Bytes);
        Assert.Equal(map.Private.Bytes * 2, map.Rss.Bytes);
    }

    [Fact]
    public void Read_OfThisProcess_AgreesWithTheSums()
    {
        ProcessReading areas = ProcessReaders.Reader.Read(Environment.ProcessId, ProcessParts.MemoryAreas);
        ProcessReading sums = ProcessReaders.Reader.Read(Environment.ProcessId, ProcessParts.Memory);
        Assert.Null(sums.MemoryAreas);
        Assert.InRange(areas.PrivateBytes!.Value.Bytes, sums.PrivateBytes!.Value.Bytes * 0.9, sums.PrivateBytes.Value.Bytes * 1.1);
        Assert.Contains(areas.MemoryAreas!.Value, area => area.Kind == MemoryAreaKind.CodeAndTypes);
        Assert.Contains(areas.MemoryAreas!.Value, area => area.Kind == MemoryAreaKind.Stack);
    }

    private static string Mapping(string header, long dirty) =>
        $"{header}\nSize:  4096 kB\nRss:  {dirty * 2} kB\nShared_Clean: {dirty} kB\nPrivate_Clean:         {dirty / 4} kB\nPrivate_Dirty:         {dirty - (dirty / 4)} kB\nVmFlags: rd wr mr\n";
}
