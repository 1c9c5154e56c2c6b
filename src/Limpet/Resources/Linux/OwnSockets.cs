using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using System.Text;

namespace Limpet.Resources.Linux;

/// <summary>
/// What the kernel knows of the sockets of this very process, by asking it for each descriptor: a few µs each, where the tables of <c>/proc/PID/net</c> cost 40 ms on
/// some kernels, however few sockets there are.
/// </summary>
internal static class OwnSockets
{
    private const int SocketLevel = 1; // SOL_SOCKET
    private const int Domain = 39; // SO_DOMAIN
    private const int Protocol = 38; // SO_PROTOCOL
    private const int Tcp = 6; // IPPROTO_TCP
    private const int Udp = 17; // IPPROTO_UDP
    private const int TcpInfo = 11; // TCP_INFO
    private const int Unix = 1; // AF_UNIX
    private const int Inet = 2; // AF_INET
    private const int Inet6 = 10; // AF_INET6

    public static IReadOnlyDictionary<long, SocketInfo> Read(IEnumerable<Descriptor> descriptors)
    {
        Dictionary<long, SocketInfo> sockets = [];
        foreach (Descriptor descriptor in descriptors)
        {
            if (descriptor.Kind == DescriptorKind.Socket
                && long.TryParse(descriptor.Target.AsSpan("socket:".Length).Trim("[]"), NumberStyles.None, CultureInfo.InvariantCulture, out long inode)
                && Read(descriptor.Number) is { } info)
            {
                sockets[inode] = info;
            }
        }

        return sockets;
    }

    /// <summary>Null for a family that the other reader does not tell either, and for one that was closed meanwhile.</summary>
    private static SocketInfo? Read(int descriptor)
    {
        int? domain = Option(descriptor, Domain), protocol = Option(descriptor, Protocol);
        Span<byte> name = stackalloc byte[256];
        string local = Name(descriptor, ofPeer: false, name), peer = Name(descriptor, ofPeer: true, name);
        return domain switch
        {
            Unix => new SocketInfo("Unix", "", local, ""),
            Inet or Inet6 when protocol == Tcp => new SocketInfo("TCP", TcpState(descriptor), local, peer),
            Inet or Inet6 when protocol == Udp => new SocketInfo("UDP", "", local, peer),
            _ => null,
        };
    }

    private static int? Option(int descriptor, int option)
    {
        Span<byte> value = stackalloc byte[4];
        int length = value.Length;
        return getsockopt(descriptor, SocketLevel, option, ref MemoryMarshal.GetReference(value), ref length) == 0 ? MemoryMarshal.Read<int>(value) : null;
    }

    private static string TcpState(int descriptor)
    {
        // struct tcp_info begins with the state; the kernel writes as much as there is room for.
        Span<byte> value = stackalloc byte[4];
        int length = value.Length;
        return getsockopt(descriptor, Tcp, TcpInfo, ref MemoryMarshal.GetReference(value), ref length) == 0 ? SocketTable.StateOf(value[0]) : "";
    }

    private static string Name(int descriptor, bool ofPeer, Span<byte> name)
    {
        int length = name.Length;
        ref byte first = ref MemoryMarshal.GetReference(name);
        int result = ofPeer ? getpeername(descriptor, ref first, ref length) : getsockname(descriptor, ref first, ref length);
        if (result != 0 || length < 2)
        {
            return "";
        }

        ReadOnlySpan<byte> address = name[..Math.Min(length, name.Length)];
        int port = address.Length >= 4 ? (address[2] << 8) | address[3] : 0;
        return MemoryMarshal.Read<ushort>(address) switch
        {
            Inet when port != 0 => SocketTable.EndOf(new IPAddress(address.Slice(4, 4)), port),
            Inet6 when port != 0 => SocketTable.EndOf(new IPAddress(address.Slice(8, 16)), port),
            Unix => UnixName(address[2..]),
            _ => "",
        };
    }

    /// <summary>A name without a file begins with a zero byte, which the kernel's tables write as <c>@</c>.</summary>
    private static string UnixName(ReadOnlySpan<byte> path)
    {
        if (path.IsEmpty)
        {
            return "";
        }

        if (path[0] == 0)
        {
            return path.Length == 1 ? "" : "@" + Encoding.UTF8.GetString(path[1..]);
        }

        int end = path.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? path : path[..end]);
    }

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int getsockopt(int descriptor, int level, int option, ref byte value, ref int length);

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int getsockname(int descriptor, ref byte name, ref int length);

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int getpeername(int descriptor, ref byte name, ref int length);
}
