using Limpet.Guards;

namespace Limpet.Tests.Guards;

/// <summary>Hosts that cannot run a suspect again, and what is said of it.</summary>
public sealed class GuardChildTests
{
    [Theory]
    [InlineData(null, "Desk runs no class alone and again: only a test that left something can be run again")]
    [InlineData("Sends", "Desk cannot start this test process again with a filter")]
    public void Run_HostWithoutArguments_SaysOfWhatItHasNone(string? method, string reason)
    {
        (_, string? trouble) = GuardChild.Run(new Host(), new GuardedTest("Desk.CourierTests", method), runs: 22, TimeSpan.FromMinutes(1));

        Assert.Equal(reason, trouble);
    }

    private sealed class Host : ITestHost
    {
        public string Framework => "Desk";

        public bool TellsClassEnd => false;

        public IReadOnlyList<string>? ArgumentsFor(GuardedTest test) => null;
    }
}
