using Limpet.Resources.Linux;

namespace Limpet.Tests.Resources.Linux;

public sealed class AllocatorArenasTests
{
    [Fact]
    public void Sum_HeapAndArenas_AreCountedAndNothingElse() => Assert.Equal(
        0x21000 + 0x132000,
        AllocatorArenas.Sum(
            """
            55fe15afc000-55fe15b1d000 rw-p 00000000 00:00 0                          [heap]
            7f5000000000-7f5000132000 rw-p 00000000 00:00 0 
            7f5000132000-7f5004000000 ---p 00000000 00:00 0 
            7f5004000000-7f5005800000 rw-p 00000000 00:00 0 
            7f5005800000-7f5005801000 ---p 00000000 00:00 0 
            7f5008001000-7f5008002000 rw-p 00000000 00:00 0 
            7f500c000000-7f5018000000 rw-p 00000000 00:00 0 
            7f501c000000-7f501d800000 rw-p 00000000 00:00 0 
            7f501d801000-7f5020000000 ---p 00000000 00:00 0 
            7f5020000000-7f5020001000 r-xp 00000000 00:00 0 
            7f5024000000-7f5024001000 rw-p 00000000 fe:00 351014                     /opt/with [heap]/data.bin
            7f5028000000-7f5028001000 rw-s 00021000 00:01 13974                      /memfd:doublemapper (deleted)
            """u8));

    [Fact]
    public void Sum_NoMappings_IsNothing()
    {
        Assert.Equal(0, AllocatorArenas.Sum([]));
        Assert.Equal(0, AllocatorArenas.Sum("no mapping\n\n7f50-\n"u8));
    }
}
