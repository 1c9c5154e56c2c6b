using Limpet.Guards;
using Limpet.Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace Limpet.Measuring.Tests.Guards;

public sealed class GuardingSinkTests
{
    /// <summary>xUnit tells so of a theory whose data does not fit its parameters: its message is what the user must see.</summary>
    [Fact]
    public void OnMessage_OfATestWhoseCaseNeverStarted_IsPassedOn()
    {
        Sink passed = new();
        GuardingSink sink = new(LeakGuard.Start(new Host(), new LeakGuardOptions { Confirm = false }), passed);

        Assert.True(sink.OnMessage(new TestStarting
        {
            AssemblyUniqueID = "a",
            TestCollectionUniqueID = "b",
            TestClassUniqueID = "c",
            TestMethodUniqueID = "d",
            TestCaseUniqueID = "e",
            TestUniqueID = "f",
            Explicit = false,
            StartTime = DateTimeOffset.UnixEpoch,
            TestDisplayName = "Order_Sent_IsGone",
            Timeout = 0,
            Traits = new Dictionary<string, IReadOnlyCollection<string>>(),
        }));
        Assert.True(sink.OnMessage(new TestFinished
        {
            AssemblyUniqueID = "a",
            TestCollectionUniqueID = "b",
            TestClassUniqueID = "c",
            TestMethodUniqueID = "d",
            TestCaseUniqueID = "e",
            TestUniqueID = "f",
            Attachments = new Dictionary<string, TestAttachment>(),
            ExecutionTime = 0,
            FinishTime = DateTimeOffset.UnixEpoch,
            Output = "",
            Warnings = null,
        }));

        Assert.Equal(["TestStarting", "TestFinished"], passed.Names);
    }

    private sealed class Sink : IMessageSink
    {
        public List<string> Names { get; } = [];

        public bool OnMessage(IMessageSinkMessage message)
        {
            Names.Add(message.GetType().Name);
            return true;
        }
    }

    private sealed class Host : ITestHost
    {
        public string Framework => "xUnit";

        public bool TellsClassEnd => true;

        public IReadOnlyList<string>? ArgumentsFor(GuardedTest test) => null;
    }
}
