using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace Limpet.TestTargets;

/// <summary>Each operation connects to a server in the same process. Leaky: the client stays open, held by a list, and the server's end
/// waits for its end of file; 2 sockets. Fixed: 0.</summary>
internal sealed class ConnectionsTarget(bool leaky) : LeakTarget(leaky)
{
    private static readonly List<TcpClient> s_clients = [];
    private IPEndPoint? _server;
    private int _before;

    public override string Build()
    {
        TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        _server = (IPEndPoint)listener.LocalEndpoint;
        _ = ServeAsync(listener);
        return "";
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        TcpClient client = new();
        client.Connect(_server!);
        client.GetStream().WriteByte(1);
        client.GetStream().ReadByte();
        if (Leaky)
        {
            s_clients.Add(client);
        }
        else
        {
            client.Dispose();
        }
    }

    protected override void StartMeasuring() => _before = OwnProcess.DescriptorsOf("socket:");

    protected override long Declared(int operations) => Leaky ? 2 * operations : 0;

    protected override long Measured()
    {
        SpinWait.SpinUntil(() => OwnProcess.DescriptorsOf("socket:") - _before == Declared(CheckedOperations), TimeSpan.FromSeconds(5));
        return OwnProcess.DescriptorsOf("socket:") - _before;
    }

    private static async Task ServeAsync(TcpListener listener)
    {
        while (true)
        {
            _ = EchoAsync(await listener.AcceptTcpClientAsync());
        }
    }

    private static async Task EchoAsync(TcpClient client)
    {
        using (client)
        {
            byte[] buffer = new byte[16];
            while (await client.GetStream().ReadAsync(buffer) is > 0 and int read)
            {
                await client.GetStream().WriteAsync(buffer.AsMemory(0, read));
            }
        }
    }
}
