using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Limpet.TestTargets.Hard.Leaking;

/// <summary>
/// Payment terminals connect over TCP, pay, get a signed receipt and hang up. The server takes a terminal that hung up out of service,
/// but does not close its side: 1 socket in CLOSE_WAIT, with its TerminalLink, per operation.
/// </summary>
/// <remarks><code>
/// PaymentServer ─_links→ List&lt;TerminalLink&gt; ─→ TerminalLink ─→ Socket ─→ SafeSocketHandle ┄→ descriptor "socket:[…]"
/// </code></remarks>
internal sealed class TerminalServer : HardLeak
{
    private readonly PaymentServer _server = new();

    public override Truth Truth => Truth.Leak(
        "PaymentServer keeps the TerminalLink of a terminal that hung up in _links, and its socket open.",
        "own",
        FindingTruth.Resource("ResourceLeak", typeof(TerminalLink).FullName!, 1, "PaymentServer", "_links"));

    public override string Build()
    {
        _server.Start();
        return "";
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        using Socket terminal = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        terminal.Connect(_server.Address);
        terminal.Send([(byte)number, (byte)(number >> 8)]);
        byte[] receipt = new byte[PaymentServer.ReceiptBytes];
        terminal.Receive(receipt);
        terminal.Shutdown(SocketShutdown.Both);
    }

    protected override int CheckedOperations => 150;

    protected override double[] Measured()
    {
        // The last terminal's own side closes when its connection has been told; that may be a moment after the operation.
        SpinWait.SpinUntil(() => _server.InService == 0, TimeSpan.FromSeconds(2));
        return [OwnProcess.DescriptorsOf("socket:")];
    }
}

internal sealed class TerminalLink(Socket socket)
{
    private static readonly byte[] s_salt = [.. "till 0017, shop 4"u8];

    private long _total;

    public bool InService { get; private set; } = true;

    public async Task ServeAsync()
    {
        byte[] amount = new byte[2];
        while (await socket.ReceiveAsync(amount) > 0)
        {
            _total += BitConverter.ToUInt16(amount);
            await socket.SendAsync(Rfc2898DeriveBytes.Pbkdf2(amount, s_salt, iterations: 6_000, HashAlgorithmName.SHA256, PaymentServer.ReceiptBytes));
        }

        InService = false;
    }
}

internal sealed class PaymentServer
{
    public const int ReceiptBytes = 16;

    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly List<TerminalLink> _links = [];

    public EndPoint Address => _listener.LocalEndPoint!;

    public int InService
    {
        get
        {
            lock (_links)
            {
                return _links.Count(link => link.InService);
            }
        }
    }

    public void Start()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        _ = AcceptAsync();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            TerminalLink link = new(await _listener.AcceptAsync());
            lock (_links)
            {
                _links.Add(link);
            }

            _ = link.ServeAsync();
        }
    }
}
