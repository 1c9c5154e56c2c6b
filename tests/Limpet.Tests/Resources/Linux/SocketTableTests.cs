using Limpet.Resources;
using Limpet.Resources.Linux;

namespace Limpet.Tests.Resources.Linux;

public sealed class SocketTableTests
{
    private const string Heading = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";

    [Theory]
    [InlineData("01", "ESTABLISHED")]
    [InlineData("06", "TIME_WAIT")]
    [InlineData("08", "CLOSE_WAIT")]
    [InlineData("0A", "LISTEN")]
    [InlineData("0C", "NEW_SYN_RECV")]
    [InlineData("7F", "")]
    [InlineData("zz", "")]
    public void Parse_Tcp_HasItsState(string number, string state) =>
        Assert.Equal(new SocketInfo("TCP", state, "127.0.0.1:5432", "10.1.2.3:40000"), Parse("tcp", $"   0: 0100007F:1538 0302010A:9C40 {number} 00000000:00000000 00:00000000 00000000  1000        0 4711 1 0000000000000000 20 4 30 10 -1\n")[4711]);

    [Fact]
    public void Parse_Tcp6_HasItsEnds()
    {
        Dictionary<long, SocketInfo> sockets = Parse(
            "tcp6",
            "   0: 00000000000000000000000001000000:1F90 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 17 1 0 100 0 0 10 0\n"
            + "   1: 0000000000000000FFFF00000100007F:1F90 0000000000000000FFFF00000100007F:C350 01 00000000:00000000 00:00000000 00000000  1000        0 18 1 0 100 0 0 10 0\n");
        Assert.Equal(new SocketInfo("TCP", "LISTEN", "[::1]:8080", ""), sockets[17]);
        Assert.Equal(new SocketInfo("TCP", "ESTABLISHED", "127.0.0.1:8080", "127.0.0.1:50000"), sockets[18]);
    }

    [Fact]
    public void Parse_Udp_HasNoState() =>
        Assert.Equal(new SocketInfo("UDP", "", "0.0.0.0:53", ""), Parse("udp", "  91: 00000000:0035 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 99 2 0000000000000000 0\n")[99]);

    [Fact]
    public void Parse_Unix_HasItsPathOrNone()
    {
        Dictionary<long, SocketInfo> sockets = Parse(
            "unix",
            "0000000000000000: 00000002 00000000 00010000 0001 01 31 /run/shop.sock\n"
            + "0000000000000000: 00000003 00000000 00000000 0001 03 32\n"
            + "0000000000000000: 00000002 00000000 00010000 0001 01 33 @abstract\n");
        Assert.Equal(["/run/shop.sock", "", "@abstract"], sockets.OrderBy(socket => socket.Key).Select(socket => socket.Value.Local));
        Assert.All(sockets.Values, socket => Assert.Equal(("Unix", ""), (socket.Protocol, socket.State)));
    }

    [Fact]
    public void Parse_LinesWithoutASocket_AreLeftOut() =>
        Assert.Empty(Parse("tcp", "   0: 0100007F:1538 00000000:0000 06 00000000:00000000 03:00001750 00000000     0        0 0 3 0\n\nshort line\n   1: 0100007F:1538 00000000:0000 0A 0 0 0 0 0 no-number 1\n"));

    private static Dictionary<long, SocketInfo> Parse(string name, string lines)
    {
        Dictionary<long, SocketInfo> sockets = [];
        SocketTable.Parse(Heading + lines, name, sockets);
        return sockets;
    }
}
