using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using Limpet.Capture.Counters;
using Limpet.Capture.Dumps;
using Limpet.Capture.EventPipe;
using Limpet.Results;
using Microsoft.Diagnostics.NETCore.Client;

namespace Limpet.Capture.Tests;

/// <summary>Whatever stands in the place of a diagnostics port, or answers there: a clear error of whoever asked it.</summary>
public sealed class DiagnosticsPortTests : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(1);
    private readonly Process process = Process.Start(new ProcessStartInfo("sleep", "600"))!;
    private readonly CancellationTokenSource end = new();
    private readonly string port;
    private Task answering = Task.CompletedTask;

    public DiagnosticsPortTests() => port = Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"dotnet-diagnostic-{process.Id}-1-socket"));

    public void Dispose()
    {
        end.Cancel();
        answering.GetAwaiter().GetResult();
        process.Kill();
        process.WaitForExit();
        process.Dispose();
        File.Delete(port);
        end.Dispose();
    }

    public static TheoryData<Exception, bool> Failures => new()
    {
        { new ServerNotAvailableException("no port"), true },
        { new ServerErrorException("an error of the runtime"), true },
        { new EndOfStreamException(), true },
        { new IOException(), true },
        { new TimeoutException(), true },
        { new UnauthorizedAccessException("another user's"), true },
        { new SocketException((int)SocketError.AccessDenied), true },
        { new OperationCanceledException(), false },
        { new InvalidOperationException(), false },
    };

    [Theory]
    [MemberData(nameof(Failures), DisableDiscoveryEnumeration = true)]
    public void IsTransport_OfAFailure_TellsThePortsFromOurs(Exception exception, bool expected) => Assert.Equal(expected, DiagnosticsPort.IsTransport(exception));

    public static TheoryData<Exception, string> NextSteps => new()
    {
        { new ServerNotAvailableException("no port"), "with the same TMPDIR" },
        { new SocketException((int)SocketError.ConnectionRefused), "with the same TMPDIR" },
        { new SocketException((int)SocketError.AccessDenied), "as the user of the process, or as root" },
        { new ServerNotAvailableException("not allowed", new SocketException((int)SocketError.AccessDenied)), "as the user of the process, or as root" },
        { new UnauthorizedAccessException("another user's"), "as the user of the process, or as root" },
        { new ServerErrorException("an error of the runtime"), "again: a runtime that starts or ends" },
        { new EndOfStreamException(), "again: the process ended" },
        { new TimeoutException(), "again: the process ended" },
        { new InvalidDataException("its events cannot be read"), "with --way dump" },
    };

    /// <summary>The right to trace opens no socket of another user, and no new run a port that is switched off.</summary>
    [Theory]
    [MemberData(nameof(NextSteps), DisableDiscoveryEnumeration = true)]
    public void NextStep_OfAFailure_IsOneThatCanHelp(Exception exception, string expected) => Assert.Contains(expected, DiagnosticsPort.NextStep(exception), StringComparison.Ordinal);

    [Fact]
    public Task Requests_WithoutAPort_AreRefused() => AssertRefusedAsync();

    [Fact]
    public Task Requests_ToAFileThatIsNoSocket_AreRefused()
    {
        File.WriteAllText(port, "");
        return AssertRefusedAsync();
    }

    [Fact]
    public Task Requests_ToAPortThatClosesAtOnce_AreRefused() => AssertRefusedByAsync([]);

    [Fact]
    public Task Requests_ToAPortThatAnswersNonsense_AreRefused() => AssertRefusedByAsync([.. Enumerable.Repeat((byte)'x', 64)]);

    [Fact]
    public Task Requests_ToAPortThatClosesInTheMiddleOfAnAnswer_AreRefused() => AssertRefusedByAsync([.. "DOTNET_IPC_V1\0"u8, 28, 0, 0xff]);

    [Fact]
    public Task Requests_ToAPortThatAnswersWithAnError_AreRefused() => AssertRefusedByAsync([.. "DOTNET_IPC_V1\0"u8, 24, 0, 0xff, 0xff, 0, 0, 0x84, 0x13, 0x13, 0x80]);

    private async Task AssertRefusedByAsync(byte[] answer)
    {
        using Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(port));
        listener.Listen();
        answering = AnswerAsync(listener, answer);
        await AssertRefusedAsync();
        await end.CancelAsync();
        await answering;
    }

    private async Task AnswerAsync(Socket listener, byte[] answer)
    {
        byte[] request = new byte[64 << 10];
        while (!end.IsCancellationRequested)
        {
            try
            {
                using Socket client = await listener.AcceptAsync(end.Token);
                await client.ReceiveAsync(request, end.Token);
                await client.SendAsync(answer, end.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task AssertRefusedAsync()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        await AssertRefusedAsync($"Process {process.Id} cannot be made to collect: ", () => new GcInducer(process.Id).InduceAsync(Deadline, cancellation));
        await AssertRefusedAsync($"The heap of process {process.Id} cannot be had by events: ", () => EventHeap.CaptureAsync(process.Id, Deadline, cancellation));
        await AssertRefusedAsync($"The counters of process {process.Id} cannot be read: ", () => CounterSession.StartAsync(process.Id, TimeSpan.FromSeconds(1), _ => { }, cancellation));
        await AssertRefusedAsync($"The runtime of process {process.Id} does not write a dump: ", () => RuntimeDump.CaptureAsync(process.Id, new DumpRequest(), cancellation));
    }

    private static async Task AssertRefusedAsync(string fact, Func<Task> ask)
    {
        LimpetException refused = await Assert.ThrowsAsync<LimpetException>(ask);
        Assert.Equal(Trouble.Refused, refused.Trouble);
        Assert.StartsWith(fact, refused.Message, StringComparison.Ordinal);
        Assert.Contains(". Run limpet ", refused.Message, StringComparison.Ordinal);
    }
}
