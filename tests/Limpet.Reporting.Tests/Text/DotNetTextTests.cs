using Limpet.Reporting.Text;
using Limpet.Results;

namespace Limpet.Reporting.Tests.Text;

public sealed class DotNetTextTests
{
    [Fact]
    public void Watch_DotNetProcesses_HaveTheirCounters() => Assert.Contains(
        """

        .NET
          4242 dotnet Shop.dll: GC heap 12.0 MiB (peak 40.0 MiB) (gen 0 1.00 KiB, gen 2 8.00 MiB), committed 20.0 MiB, fragmentation 3 %, allocated 60.0 MiB, 2.00 MiB/s at most
            collections 12 / 3 / 1, paused 0.125 s, thread pool 5 (peak 12), queue 0 (peak 3), timers 3, exceptions 4
            http.client.open_connections server.port=80: 12, 15 at most {connection}
            orders: 60 in all, 2 a second at most
          4250 dotnet Old.dll: not read: diagnostics are switched off

        """,
        WatchText.Write(Samples.WatchOfDotNet),
        StringComparison.Ordinal);

    [Fact]
    public void Watch_ManyDotNetProcesses_AreTheLargestAndTheReasonsOfTheOthers()
    {
        static WatchedProcess Process(int pid, DotNetFigures figures) => new(pid, ["dotnet", "Shop.dll"], 0) { StartSeconds = 0, DotNet = figures };
        DotNetFigures Heap(int megabytes) => new() { Counters = [new CounterFigure("System.Runtime", "gc-heap-size", "", "B", false, 0, megabytes << 20, megabytes << 20, 0)] };
        WatchResult watch = Samples.Watch with
        {
            Processes =
            [
                .. Enumerable.Range(1, 20).Select(number => Process(number, Heap(number))),
                .. Enumerable.Range(21, 5).Select(number => Process(number, new DotNetFigures { Refusal = $"Process {number} was started without a port" })),
                Process(26, new DotNetFigures { Refusal = "diagnostics are switched off" }),
            ],
        };

        string text = WatchText.Write(watch);

        Assert.DoesNotContain("\n  8 dotnet Shop.dll: GC heap", text, StringComparison.Ordinal);
        Assert.Contains("\n  9 dotnet Shop.dll: GC heap", text, StringComparison.Ordinal);
        Assert.Contains("\n  8 processes with a smaller heap in --json and with --verbose\n  5 processes not read: Process * was started without a port\n  26 dotnet Shop.dll: not read: diagnostics are switched off\n", text, StringComparison.Ordinal);
    }
}
