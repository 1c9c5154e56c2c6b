using Limpet.Guards;
using Limpet.Resources;

namespace Limpet.Tests.Guards;

/// <summary>What a guard asks and allocates for a test. Time is measured by <c>limpet-bench guard</c>.</summary>
public sealed class GuardCostTests
{
    private const int Tests = 200;
    private static readonly LeakGuardOptions Options = new() { Confirm = false };

    [Fact]
    public void Tests_OfAClassOneAfterTheOther_AreListedOnceEach()
    {
        using CountingProbe probe = new(ProcessReaders.Open(Environment.ProcessId)!);
        using LeakGuard guard = LeakGuard.Start(new QuietHost(), Options, new ProcessView(probe));
        Run(guard, 1);
        probe.Reset();

        Run(guard, Tests);

        Assert.Equal((Tests, Tests), (probe.DescriptorLists, probe.ThreadLists));
    }

    [Fact]
    public void Tests_ThatRunTogether_AreListedAtTheBeginningAndTheEndOfEach()
    {
        using CountingProbe probe = new(ProcessReaders.Open(Environment.ProcessId)!);
        using LeakGuard guard = LeakGuard.Start(new QuietHost(), Options, new ProcessView(probe));
        guard.BeginTest(new GuardedTest("Desk.CourierTests", "Waits"));
        probe.Reset();

        Run(guard, Tests);

        Assert.Equal((2 * Tests, 2 * Tests), (probe.DescriptorLists, probe.ThreadLists));
    }

    /// <summary>What else begins in this process meanwhile, such as a thread of the pool or a pipe of the runner's, is asked for: then it is tried again.</summary>
    [Fact]
    public void Tests_ThatLeaveNothing_AskForNothingElse()
    {
        int fewest = int.MaxValue;
        for (int tries = 0; tries < 5 && fewest > 0; tries++)
        {
            using CountingProbe probe = new(ProcessReaders.Open(Environment.ProcessId)!);
            using LeakGuard guard = LeakGuard.Start(new QuietHost(), Options, new ProcessView(probe));
            Run(guard, 1);
            probe.Reset();

            Run(guard, Tests);

            fewest = Math.Min(fewest, probe.Reads);
        }

        Assert.InRange(fewest, 0, Tests / 10);
    }

    [Fact]
    public void Tests_ThatLeaveNothing_AllocateNothingForALook()
    {
        using LeakGuard guard = LeakGuard.Start(new QuietHost(), Options);
        Run(guard, Tests);

        long before = GC.GetAllocatedBytesForCurrentThread();
        Run(guard, Tests);

        // The names that this test makes, and room in the tables of the guard that doubles: nothing that is made anew at each look.
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / Tests, 0, 100);
    }

    private static void Run(LeakGuard guard, int tests)
    {
        GuardedTest test = new("Desk.JournalTests", "Writes");
        for (int run = 0; run < tests; run++)
        {
            guard.BeginTest(test);
            guard.EndTest(test);
        }
    }

    private sealed class QuietHost : ITestHost
    {
        public string Framework => "none";

        public bool TellsClassEnd => true;

        public IReadOnlyList<string>? ArgumentsFor(GuardedTest test) => null;
    }
}
