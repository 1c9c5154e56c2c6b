using Limpet.Cli.Hunting.Findings;
using Limpet.Results;

namespace Limpet.Cli.Tests.Hunting.Findings;

public sealed class ThreadStartsTests
{
    [Fact]
    public void Of_Stacks_AreByTheMethodThatTheThreadWasStartedWith() => Assert.Equal(
        ["Poller.Run 5", "Program.Main 1", "WorkerThread.WorkerThreadStart 1"],
        ThreadStarts.Of(
        [
            Stack(3, "Monitor.Wait", "Poller.Wait", "Poller.Run", "StartHelper.Run", "Thread.StartCallback"),
            Stack(2, "Socket.Receive", "Poller.Run", "ExecutionContext.RunInternal", "StartHelper.Run", "Thread.StartCallback"),
            Stack(1, "Console.ReadLine", "Program.Main"),
            Stack(1, "WaitHandle.WaitOne", "WorkerThread.WorkerThreadStart", "Thread.StartCallback"),
            Stack(4),
        ]).Select(start => $"{start.Method} {start.Count}"));

    [Fact]
    public void Of_Stacks_KeepsTheMostFrequentFirst() => Assert.Equal(
        [3, 2],
        ThreadStarts.Of([Stack(2, "Poller.Send", "Poller.Run"), Stack(3, "Poller.Wait", "Poller.Run")])[0].Stacks.Select(stack => stack.Count));

    [Fact]
    public void Of_AThreadWithoutAMethodOfTheUsers_HasTheOutermost() => Assert.Equal(
        "Thread.StartCallback",
        Assert.Single(ThreadStarts.Of([Stack(1, "Thread.Sleep", "Thread.StartCallback")])).Method);

    /// <summary>Lines differ from thread to thread, and the roots that threads hold are named without them.</summary>
    [Fact]
    public void Of_StacksWithLines_AreByMethod() => Assert.Equal(
        ["Poller.Run 5"],
        ThreadStarts.Of([Stack(3, "Monitor.Wait", "Poller.Run (Poller.cs:31)"), Stack(2, "Socket.Receive", "Poller.Run (Poller.cs:33)")]).Select(start => $"{start.Method} {start.Count}"));

    [Theory]
    [InlineData("Poller.Run (Poller.cs:31)", "Poller.Run")]
    [InlineData("Poller.Run", "Poller.Run")]
    [InlineData("(dynamicClass).IL_STUB_PInvoke", "(dynamicClass).IL_STUB_PInvoke")]
    public void MethodOf_AFrame_HasNoLine(string frame, string method) => Assert.Equal(method, ThreadStarts.MethodOf(frame));

    private static ThreadStackGroup Stack(int count, params string[] frames) => new(count, [.. Enumerable.Range(1, count)], null, [.. frames]);
}
