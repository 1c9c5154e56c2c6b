using System.Runtime.CompilerServices;
using Limpet.Measuring;

namespace Limpet.Tests.Measuring;

public sealed class CreationLedgerTests
{
    private readonly CreationLedger engines = new("engine", depth: 1);

    [Fact]
    public void AssertBalanced_EnginesThatStayOpen_AreCountedByPlace()
    {
        for (int i = 0; i < 29; i++)
        {
            Initialize();
        }

        for (int i = 0; i < 500; i++)
        {
            engines.Disposed(Tick());
        }

        GrowthException open = Assert.Throws<GrowthException>(engines.AssertBalanced);
        Assert.Equal(
            """
            engine: created 529, disposed 500, open 29. Dispose of each where its owner ends.
                29 of 29 made in Limpet.Tests.Measuring.CreationLedgerTests.Initialize
            """,
            open.Message);
        Assert.Equal(
            [new CreationSite("Limpet.Tests.Measuring.CreationLedgerTests.Initialize", 29, 0), new CreationSite("Limpet.Tests.Measuring.CreationLedgerTests.Tick", 500, 500)],
            engines.Read());
    }

    [Fact]
    public void AssertBalanced_ChurnAlone_Passes()
    {
        for (int i = 0; i < 100; i++)
        {
            object engine = Tick();
            Assert.True(engines.Disposed(engine));
            Assert.True(engines.Disposed(engine)); // again: counted once
        }

        engines.AssertBalanced();
        Assert.Equal(100, engines.Read().Single().Disposed);
    }

    [Fact]
    public async Task Created_InAnAsyncMethod_GoesByItsName()
    {
        await StartAsync();

        Assert.Equal("Limpet.Tests.Measuring.CreationLedgerTests.StartAsync", engines.Read().Single().Site);
    }

    [Fact]
    public void Created_Deeper_NamesTheCallers()
    {
        CreationLedger deep = new("engine", depth: 2);
        Outer(deep);

        Assert.Equal("Limpet.Tests.Measuring.CreationLedgerTests.Inner ← Limpet.Tests.Measuring.CreationLedgerTests.Outer", deep.Read().Single().Site);
    }

    [Fact]
    public void Disposed_OfWhatWasMadeElsewhere_IsFalse()
    {
        Assert.False(engines.Disposed(new object()));
        Assert.Empty(engines.Read());
    }

    [Fact]
    public void Created_Twice_IsRefused()
    {
        object engine = Tick();

        Assert.StartsWith("This engine is booked already", Assert.Throws<ArgumentException>(() => engines.Created(engine)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new CreationLedger("engine", depth: 0));
    }

    [Fact]
    public void Ledger_KeepsNothingAlive()
    {
        WeakReference engine = Forgotten();
        SettledCollection.Settle(TimeSpan.FromMinutes(1));

        Assert.False(engine.IsAlive);
        Assert.Equal(1, engines.Read().Single().Open); // collected, and never disposed of
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private object Initialize() => engines.Created(new object());

    [MethodImpl(MethodImplOptions.NoInlining)]
    private object Tick() => engines.Created(new object());

    [MethodImpl(MethodImplOptions.NoInlining)]
    private async Task StartAsync()
    {
        await Task.Yield();
        engines.Created(new object());
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference Forgotten() => new(engines.Created(new object()));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Outer(CreationLedger ledger)
    {
        Inner(ledger);
        GC.KeepAlive(ledger); // no tail call, which would take this frame away
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Inner(CreationLedger ledger)
    {
        ledger.Created(new object());
        GC.KeepAlive(ledger);
    }
}
