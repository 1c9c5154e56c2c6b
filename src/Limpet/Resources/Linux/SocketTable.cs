using System.Globalization;
using System.Net;
using System.Text;

namespace Limpet.Resources.Linux;

/// <summary>Reads what the kernel knows of sockets from <c>/proc/PID/net</c>.</summary>
internal static class SocketTable
{
    /// <summary>States of TCP by number, as the kernel's tables have them.</summary>
    private static readonly string[] States =
    [
        "", "ESTABLISHED", "SYN_SENT", "SYN_RECV", "FIN_WAIT1", "FIN_WAIT2", "TIME_WAIT", "CLOSE", "CLOSE_WAIT", "LAST_ACK", "LISTEN", "CLOSING", "NEW_SYN_RECV",
    ];

    public static IReadOnlyDictionary<long, SocketInfo> Read(int pid)
    {
        Dictionary<long, SocketInfo> sockets = [];
        foreach (string name in (string[])["tcp", "tcp6", "udp", "udp6", "unix"])
        {
            using ProcFile file = ProcFile.Read($"/proc/{pid}/net/{name}");
            if (file.Status == ReadStatus.Ok)
            {
                Parse(Encoding.UTF8.GetString(file.Bytes), name, sockets);
            }
        }

        return sockets;
    }

    public static void Parse(string table, string name, Dictionary<long, SocketInfo> sockets)
    {
        foreach (string line in table.Split('\n').Skip(1))
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (name == "unix")
            {
                Add(words, 6, sockets, () => new SocketInfo("Unix", "", words.ElementAtOrDefault(7) ?? "", ""));
            }
            else
            {
                bool isTcp = name.StartsWith("tcp", StringComparison.Ordinal);
                Add(words, 9, sockets, () => new SocketInfo(isTcp ? "TCP" : "UDP", isTcp ? StateOf(words[3]) : "", EndOf(words[1]), EndOf(words[2])));
            }
        }
    }

    private static void Add(string[] words, int inode, Dictionary<long, SocketInfo> sockets, Func<SocketInfo> make)
    {
        if (words.Length > inode && long.TryParse(words[inode], NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number > 0)
        {
            sockets[number] = make();
        }
    }

    /// <summary>The word for a state of TCP; empty for a number that is none.</summary>
    public static string StateOf(int state) => state >= 0 && state < States.Length ? States[state] : "";

    /// <summary>Address and port; an address of IPv4 in the clothes of IPv6 as what it is.</summary>
    public static string EndOf(IPAddress address, int port) => new IPEndPoint(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address, port).ToString();

    private static string StateOf(string hexadecimal) =>
        int.TryParse(hexadecimal, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int state) ? StateOf(state) : "";

    /// <summary>An address is written as words of 32 bits, each in the order of the machine, and the port in that of the network.</summary>
    private static string EndOf(string text)
    {
        string[] parts = text.Split(':');
        if (parts.Length != 2 || parts[1] == "0000" || !ushort.TryParse(parts[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort port))
        {
            return "";
        }

        byte[] bytes = Convert.FromHexString(parts[0]);
        for (int word = 0; word + 4 <= bytes.Length; word += 4)
        {
            Array.Reverse(bytes, word, 4);
        }

        return EndOf(new IPAddress(bytes), port);
    }
}
