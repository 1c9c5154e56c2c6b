using Limpet.Reporting.Text;

namespace Limpet.Reporting.Tests.Text;

public sealed class MemoryTextTests
{
    [Fact]
    public void Memory_Table_AddsUpAndSaysWhatIsNext() => Text.AssertUnderEveryCulture(
        """
        Resident memory of process 4242 (.NET 10.0.12): 100 MiB
          Most of the resident memory is outside of the managed heap.

        Where it went
             bytes   share  use
          5.00 MiB   5.0 %  GC heap: live objects
          80.0 MiB  80.0 %  native heap: freed, kept by malloc  (in 30 arenas)
          15.0 MiB  15.0 %  rest: neither the runtime nor malloc accounts for it
           100 MiB   100 %  together

        Next
          native heap: freed, kept by malloc: fewer arenas

        In doubt
          1.00 MiB could not be looked into

        """,
        () => MemoryText.Write(Samples.Inspect with { Memory = Samples.Memory }));
}
