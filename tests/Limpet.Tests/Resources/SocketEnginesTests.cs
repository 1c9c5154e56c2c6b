using System.Net;
using System.Net.Sockets;
using Limpet.Resources;

namespace Limpet.Tests.Resources;

/// <summary>The poll sets of the runtime's sockets, which are in every process that uses one.</summary>
public sealed class SocketEnginesTests
{
    [Fact]
    public async Task IsPort_OnceThereIsAnEngine_ReadsNoThreadsAnyMore()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        using TcpClient client = new();
        ValueTask<TcpClient> accepted = listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint, TestContext.Current.CancellationToken);
        (await accepted).Dispose();
        Descriptor[] polls = [.. ProcessReaders.Reader.Read(Environment.ProcessId, ProcessParts.DescriptorTargets).Descriptors!.Value.Where(descriptor => descriptor.Kind == DescriptorKind.EventPoll)];

        // Whatever threads there were: they are asked for once, for there is an engine.
        Descriptor[] ports = [.. polls.Where(poll => SocketEngines.IsPort(poll.Number, () => [".NET Sockets"]))];

        Assert.NotEmpty(ports);
        Assert.All(ports, port => Assert.True(SocketEngines.IsPort(port.Number, () => throw new InvalidOperationException("the threads were read again"))));
        Assert.False(SocketEngines.IsPort(-1, () => throw new InvalidOperationException("the threads were read again")));
    }
}
