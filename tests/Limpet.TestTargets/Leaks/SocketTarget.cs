using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace Limpet.TestTargets;

/// <summary>Each operation opens a UDP socket on loopback. Leaky: 1 socket per operation stays open, held by a list. Fixed: 0.</summary>
/// <remarks><code>
/// static s_sockets ─→ List&lt;Socket&gt; ─→ Socket ─→ SafeSocketHandle ┄→ descriptor "socket:[…]"
/// </code></remarks>
internal sealed class SocketTarget(bool leaky) : LeakTarget(leaky)
{
    private static readonly List<Socket> s_sockets = [];
    private int _before;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        s_sockets.Add(socket);
        if (!Leaky)
        {
            s_sockets.Remove(socket);
            socket.Dispose();
        }
    }

    protected override void StartMeasuring() => _before = OwnProcess.DescriptorsOf("socket:");

    protected override long Declared(int operations) => Leaky ? operations : 0;

    protected override long Measured() => OwnProcess.DescriptorsOf("socket:") - _before;
}
