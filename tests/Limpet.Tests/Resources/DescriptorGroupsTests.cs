using Limpet.Resources;
using Limpet.Resources.Linux;

namespace Limpet.Tests.Resources;

public sealed class DescriptorGroupsTests
{
    private static readonly Dictionary<long, SocketInfo> NoSockets = [];

    [Fact]
    public void Of_NumberedFiles_AreTheirFolderAndPattern() => AssertGroups(
        "file /var/log/shop/audit-*.log 3, pipe 1",
        NoSockets,
        (DescriptorKind.File, "/var/log/shop/audit-1.log"),
        (DescriptorKind.File, "/var/log/shop/audit-2.log"),
        (DescriptorKind.File, "/var/log/shop/audit-33.log"),
        (DescriptorKind.Pipe, "pipe:[77]"));

    [Fact]
    public void Of_OneFileOftenOpen_KeepsItsName() => AssertGroups(
        "file /etc/shop/v2.json 2",
        NoSockets,
        (DescriptorKind.File, "/etc/shop/v2.json"),
        (DescriptorKind.File, "/etc/shop/v2.json"));

    [Fact]
    public void Of_FilesWithoutAPattern_AreTheirFolder() => AssertGroups(
        "file /tmp/*.tmp 5",
        NoSockets,
        [.. ((string[])["abc", "bcd", "cde", "def", "efg"]).Select(name => (DescriptorKind.File, $"/tmp/{name}.tmp"))]);

    [Fact]
    public void Of_DeletedFiles_AreToldFromFiles() => AssertGroups(
        "deleted file /tmp/x.bin 1, file /tmp/x.bin 1",
        NoSockets,
        (DescriptorKind.DeletedFile, "/tmp/x.bin (deleted)"),
        (DescriptorKind.File, "/tmp/x.bin"));

    [Fact]
    public void Of_Sockets_AreTheirStateAndTheEndTheyShare() => AssertGroups(
        "socket TCP CLOSE_WAIT at 127.0.0.1:80 2, socket TCP ESTABLISHED to 127.0.0.1:5432 2, socket 1, socket UDP at 127.0.0.1:* 1",
        new Dictionary<long, SocketInfo>
        {
            [1] = new("TCP", "ESTABLISHED", "127.0.0.1:40001", "127.0.0.1:5432"),
            [2] = new("TCP", "ESTABLISHED", "127.0.0.1:40002", "127.0.0.1:5432"),
            [3] = new("TCP", "CLOSE_WAIT", "127.0.0.1:80", "127.0.0.1:40003"),
            [4] = new("TCP", "CLOSE_WAIT", "127.0.0.1:80", "127.0.0.1:40004"),
            [5] = new("UDP", "", "127.0.0.1:9000", ""),
        },
        [.. Enumerable.Range(1, 6).Select(inode => (DescriptorKind.Socket, $"socket:[{inode}]"))]);

    [Fact]
    public void Added_LeavesWhatWasThere()
    {
        Descriptor[] before = [new(1, DescriptorKind.File, "/a"), new(2, DescriptorKind.File, "/b")];
        Descriptor[] after = [new(1, DescriptorKind.File, "/a"), new(2, DescriptorKind.File, "/c"), new(3, DescriptorKind.File, "/a")];
        Assert.Equal(after[1..], DescriptorGroups.Added(before, after));
    }

    [Fact]
    public void Parse_TheKernelsTables_GivesEndsAndStates()
    {
        Dictionary<long, SocketInfo> sockets = [];
        SocketTable.Parse(
            """
              sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
               0: 0100007F:1538 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4711 1 0000000000000000 100 0 0 10 0
               1: 0100007F:9C41 0100007F:1538 01 00000000:00000000 00:00000000 00000000     0        0 4712 1 0000000000000000 100 0 0 10 0
            """,
            "tcp",
            sockets);
        SocketTable.Parse(
            """
              sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
               0: 00000000000000000000000001000000:1538 00000000000000000000000000000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 4713 2
            """,
            "udp6",
            sockets);
        SocketTable.Parse("Num       RefCount Protocol Flags    Type St Inode Path\n0000: 00000002 00000000 00010000 0001 01 4714 /run/shop.sock\ngarbage", "unix", sockets);
        Assert.Equal(
            [
                new SocketInfo("TCP", "LISTEN", "127.0.0.1:5432", ""),
                new SocketInfo("TCP", "ESTABLISHED", "127.0.0.1:40001", "127.0.0.1:5432"),
                new SocketInfo("UDP", "", "[::1]:5432", ""),
                new SocketInfo("Unix", "", "/run/shop.sock", ""),
            ],
            new long[] { 4711, 4712, 4713, 4714 }.Select(inode => sockets[inode]));
    }

    private static void AssertGroups(string expected, Dictionary<long, SocketInfo> sockets, params (DescriptorKind Kind, string Target)[] descriptors) => Assert.Equal(
        expected,
        string.Join(", ", DescriptorGroups.Of([.. descriptors.Select((entry, number) => new Descriptor(number, entry.Kind, entry.Target))], sockets)
            .Select(group => $"{group.Name} {group.Count}")));
}
