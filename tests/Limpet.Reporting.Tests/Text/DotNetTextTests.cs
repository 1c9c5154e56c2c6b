using Limpet.Reporting.Text;

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
}
