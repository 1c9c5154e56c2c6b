using Limpet.Checks;
using Limpet.Results;

namespace Limpet.Tests.Checks;

/// <summary>Objects that must be collected: those that are, those that are not, and what is no object at all.</summary>
public sealed class CollectedTests
{
    private static readonly CollectionOptions Alone = new() { Trace = false, Patience = TimeSpan.FromMilliseconds(50) };
    private static readonly List<object> s_kept = [];
    private static readonly object s_one = new();

    [Fact]
    public void FindCollected_ObjectThatNobodyHolds_IsClean()
    {
        CheckResult result = LeakCheck.FindCollected(() => new Order(), Alone);

        Assert.True(result.Verdict == Verdict.Clean, CheckReport.Write(result));
        Assert.Equal("Limpet.Tests.Checks.CollectedTests.Order was collected.", result.Reason);
        Assert.Equal(1, result.Operations.Done);
    }

    [Fact]
    public void FindCollected_ObjectInAStaticField_IsALeak()
    {
        CheckResult result = LeakCheck.FindCollected(() => Keep(new Order()), Alone);

        Assert.Equal(Verdict.Leak, result.Verdict);
        Finding finding = Assert.Single(result.Findings);
        Assert.Equal("Limpet.Tests.Checks.CollectedTests.Order", finding.Subject);
        Assert.Equal(3, finding.Retained!.Count);
    }

    [Fact]
    public async Task FindCollectedAsync_ObjectInAStaticField_IsALeak()
    {
        CheckResult result = await LeakCheck.FindCollectedAsync(
            async () =>
            {
                await Task.Yield();
                return Keep(new Order());
            },
            Alone);

        Assert.Equal(Verdict.Leak, result.Verdict);
    }

    [Fact]
    public async Task FindCollectedAsync_ObjectThatNobodyHolds_IsClean()
    {
        CheckResult result = await LeakCheck.FindCollectedAsync(
            async () =>
            {
                Order order = new();
                await Task.Yield();
                return order;
            },
            Alone);

        Assert.True(result.Verdict == Verdict.Clean, CheckReport.Write(result));
    }

    [Fact]
    public void FindCollected_ObjectWithAFinalizer_IsClean()
    {
        CheckResult result = LeakCheck.FindCollected(() => new Finalized(), Alone);

        Assert.True(result.Verdict == Verdict.Clean, CheckReport.Write(result));
    }

    [Fact]
    public void FindCollected_ObjectThatItsFinalizerSaves_IsALeak()
    {
        CheckResult result = LeakCheck.FindCollected(() => new Saved(), Alone);

        Assert.Equal(Verdict.Leak, result.Verdict);
    }

    [Fact]
    public void FindCollected_ObjectThatIsLetGoLater_IsDelayed()
    {
        CheckResult result = LeakCheck.FindCollected(LetGoAfterCollections, new CollectionOptions { Trace = false, Patience = TimeSpan.FromMinutes(1) });

        Assert.True(result.Verdict == Verdict.Delayed, CheckReport.Write(result));
        Assert.True(result.Passed);
    }

    [Fact]
    public void FindCollected_SameObjectInEachCall_WasNotRun()
    {
        CheckResult result = LeakCheck.FindCollected(() => s_one, Alone);

        Assert.Equal(Verdict.NotRun, result.Verdict);
        Assert.Equal("The factory returned the same System.Object in 3 calls: who made it first keeps it. Make a new object in each call.", result.Reason);
    }

    [Fact]
    public void FindCollected_FactoryThatThrows_WasNotRun()
    {
        CheckResult result = LeakCheck.FindCollected(NoOrder, Alone);

        Assert.Equal(Verdict.NotRun, result.Verdict);
        Assert.Equal("The factory threw InvalidOperationException: no stock. Let it make its object in a test of its own first.", result.Reason);
        Assert.IsType<InvalidOperationException>(result.SubjectError);
    }

    [Fact]
    public void FindCollected_FactoryThatDoesNotReturn_IsAHang()
    {
        using ManualResetEventSlim never = new();

        CheckResult result = LeakCheck.FindCollected(
            () =>
            {
                never.Wait();
                return new Order();
            },
            Alone with { FactoryTimeout = TimeSpan.FromMilliseconds(200) });

        Assert.Equal(Verdict.Hang, result.Verdict);
        Assert.Equal("the factory: It had not returned after 0.2 s, which FactoryTimeout allows.", result.Reason);
        never.Set();
    }

    [Theory]
    [InlineData("null", "The object is null. Give an object that was made.")]
    [InlineData("value", "The object is a boxed int: a value has no identity, and its box is not what anybody else holds. Give an object of a class.")]
    [InlineData("literal", "The string is frozen: the runtime made it for a literal, a type or a constant and never collects it. Give an object that the test makes.")]
    [InlineData("interned", "The string is interned: the runtime never collects it. Give a string that was made at run time, or an object that holds it.")]
    public void FindCollected_WhatIsNeverCollected_WasNotRun(string what, string reason)
    {
        CheckResult result = LeakCheck.FindCollected(() => NeverCollected(what), Alone);

        Assert.Equal(Verdict.NotRun, result.Verdict);
        Assert.Equal(reason, result.Reason.Replace("System.Int32", "int", StringComparison.Ordinal).Replace("System.String", "string", StringComparison.Ordinal));
    }

    [Fact]
    public void VerifyCollected_Leak_ThrowsTheReport()
    {
        LeakException exception = Assert.Throws<LeakException>(() => LeakCheck.VerifyCollected(() => Keep(new Order()), Alone));

        Assert.Equal(CheckReport.Write(exception.Result!), exception.Message);
    }

    [Fact]
    public void VerifyCollected_ManyThreadsAtATime_GiveTheSameAnswers() => Parallel.For(0, 16, index =>
    {
        if (index % 2 == 0)
        {
            LeakCheck.VerifyCollected(() => new Order(), Alone);
        }
        else
        {
            Assert.Throws<LeakException>(() => LeakCheck.VerifyCollected(() => Keep(new Order()), Alone));
        }
    });

    private static object NeverCollected(string what) => what switch
    {
        "null" => null!,
        "value" => 5,
        "literal" => "a literal",
        _ => string.Intern(new string('x', 30) + Environment.ProcessId),
    };

    private static Order NoOrder() => throw new InvalidOperationException("no stock");

    private static Order LetGoAfterCollections()
    {
        Order order = new();
        int before = GC.CollectionCount(2);
        Thread holder = new(() =>
        {
            SpinWait.SpinUntil(() => GC.CollectionCount(2) >= before + 8);
            GC.KeepAlive(order);
        })
        { IsBackground = true };
        holder.Start();
        return order;
    }

    private static T Keep<T>(T value)
        where T : class
    {
        lock (s_kept)
        {
            s_kept.Add(value);
            return value;
        }
    }

    private sealed class Order;

    private sealed class Finalized
    {
        ~Finalized() => GC.KeepAlive(this);
    }

    private sealed class Saved
    {
        ~Saved() => Keep(this);
    }
}
