using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace Limpet.TestTargets;

/// <summary>Each operation opens a file and a socket for different services. Leaky: both stay, 2 descriptors and two leaks. Fixed: 0.</summary>
internal sealed class FileAndSocketTarget(bool leaky) : LeakTarget(leaky)
{
    private static readonly List<FileStream> s_templates = [];
    private static readonly Dictionary<int, Socket> s_beacons = [];
    private int _before;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        FileStream template = new("/etc/hostname", FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        Socket beacon = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        beacon.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        if (Leaky)
        {
            s_templates.Add(template);
            s_beacons.Add(number, beacon);
        }
        else
        {
            template.Dispose();
            beacon.Dispose();
        }
    }

    protected override void StartMeasuring() => _before = Opened();

    protected override long Declared(int operations) => Leaky ? 2 * operations : 0;

    protected override long Measured() => Opened() - _before;

    private static int Opened() => OwnProcess.DescriptorsOf("/etc/hostname") + OwnProcess.DescriptorsOf("socket:");
}
