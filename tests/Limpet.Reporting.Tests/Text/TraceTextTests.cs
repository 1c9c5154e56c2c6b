using Limpet.Reporting.Text;
using Limpet.Results;

namespace Limpet.Reporting.Tests.Text;

public sealed class TraceTextTests
{
    [Fact]
    public void Write_Finding_IsTheTraceOfTheContract() => Text.AssertUnderEveryCulture(
        """
        ManagedLeak  Shop.OrderView  91 retained, +1.00 per operation, 127 KiB
        ┬─── static field Shop.Bus.Changed
        ├─ System.EventHandler                          Leaking: no (Bus is used by every round)
        │    ↓ event handler, delegate target
        │                     ~~~~~~~~~~~~~~~
        ╰→ Shop.OrderView                               Leaking: yes (+1.00 per operation in 8 of 8 rounds)
           hint: OrderView..ctor (OrderView.cs:42) subscribes Bus.Changed; remove the handler when the view closes

        """,
        () => TraceText.Write(Samples.Leak));

    [Fact]
    public void Write_LongNames_AlignTheStatusesBehindThem() => Text.AssertUnderEveryCulture(
        """
        ┬─── thread static field Shop.Session.current
        ├─ System.Collections.Generic.Dictionary<string, Shop.Orders.OrderView>  Leaking: no (it is used)
        │    ↓ _entries
        │      ~~~~~~~~
        ├─ Entry[]                                                               Leaking: unknown (between)
        │    ↓ dictionary value
        │      ~~~~~~~~~~~~~~~~
        ├─ xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx  Leaking: yes (too many)
        │    ↓ next
        ╰→ Shop.Line                                                             Leaking: yes (too many)

        """,
        () => TraceText.Write(new RetentionTrace(
            new TraceRoot("ThreadStatic", "Shop.Session.current"),
            [
                new TraceElement("System.Collections.Generic.Dictionary<string, Shop.Orders.OrderView>", "_entries", "Field", LeakingStatus.No, "it is used") { Suspect = true },
                new TraceElement("Entry[]", "[x].value", "ArrayElement", LeakingStatus.Unknown, "between") { Meaning = "dictionary value", Suspect = true },
                new TraceElement(new string('x', 120), "next", "Field", LeakingStatus.Yes, "too many"),
                new TraceElement("Shop.Line", null, null, LeakingStatus.Yes, "too many"),
            ])));

    [Fact]
    public void Write_LongTrace_IsShownFromBothEnds()
    {
        string[] lines = TraceText.Write(new RetentionTrace(
            new TraceRoot("StaticField", "Shop.first"),
            [
                .. Enumerable.Range(0, 1_000).Select(step => new TraceElement($"Shop.Step{step}", "next", "Field", LeakingStatus.Unknown, "")),
                new TraceElement("Shop.Order", null, null, LeakingStatus.Unknown, ""),
            ])).Split('\n');

        Assert.Equal("├─ Shop.Step9", lines[19]);
        Assert.Equal("┊    … 981 objects between …", lines[21]);
        Assert.Equal("├─ Shop.Step991", lines[22]);
        Assert.Equal("╰→ Shop.Order", lines[^2]);
        Assert.Equal(42, lines.Length);
    }

    [Fact]
    public void Write_Detail_StandsBehindTheType() => Assert.Contains(
        "├─ async Desk.Take() awaiting Task.Delay\n",
        TraceText.Write(new RetentionTrace(new TraceRoot("StaticField", "Shop.first"),
        [
            new TraceElement("async Desk.Take()", "x", "Field", LeakingStatus.Unknown, "") { Detail = "awaiting Task.Delay" },
            new TraceElement("Shop.Order", null, null, LeakingStatus.Unknown, ""),
        ])),
        StringComparison.Ordinal);

    [Fact]
    public void Write_StepsWithLines_HasThemBehindTheWords() => Text.AssertUnderEveryCulture(
        """
        ┬─── local or argument of Shop.Worker.Run  (Worker.cs:7)
        ├─ System.EventHandler                                  Leaking: no (it is used)
        │    ↓ event handler OrderView.OnChanged, delegate target  (OrderView.cs:61)
        │                                         ~~~~~~~~~~~~~~~
        ╰→ async OrderView.OpenAsync() (\u001bOrderView.cs:70)  Leaking: yes (too many)

        """,
        () => TraceText.Write(new RetentionTrace(
            new TraceRoot("Stack", "Shop.Worker.Run") { Source = new SourceLine("Worker.cs", 7) },
            [
                new TraceElement("System.EventHandler", "_target", "Field", LeakingStatus.No, "it is used")
                {
                    Meaning = "event handler OrderView.OnChanged, delegate target",
                    Suspect = true,
                    Source = new SourceLine("OrderView.cs", 61),
                },
                new TraceElement("async OrderView.OpenAsync()", null, null, LeakingStatus.Yes, "too many") { Source = new SourceLine("\u001bOrderView.cs", 70) },
            ])));

    [Fact]
    public void Write_NothingJudged_LeavesTheStatusesOut() => Text.AssertUnderEveryCulture(
        """
        ┬─── static field Shop.Bus.Changed
        ├─ System.EventHandler
        │    ↓ event handler, delegate target
        ╰→ Shop.OrderView

        """,
        () => TraceText.Write(Samples.Why.Traces[0].Holder));

    [Fact]
    public void Write_CountIsZero_IsNotConfirmed() => Assert.StartsWith(
        "ManagedLeak  Shop.OrderView  0 retained, +1.00 per operation, not confirmed\n",
        TraceText.Write(Samples.Leak with { Retained = new Amount(0, null) }),
        StringComparison.Ordinal);

    [Fact]
    public void Write_HostileNames_ReachNoTerminal()
    {
        const string Name = "A\u001b[2J\nB\u202e";
        string text = TraceText.Write(Samples.Leak with
        {
            Subject = Name,
            Hint = Name,
            Holder = new RetentionTrace(new TraceRoot("StaticField", Name), [new TraceElement(Name, Name, "Field", LeakingStatus.No, Name) { Suspect = true }, new TraceElement(Name, null, null, LeakingStatus.Yes, Name)]),
        });

        Assert.DoesNotContain('\u001b', text);
        Assert.DoesNotContain('\u202e', text);
        Assert.Equal(8, text.Split('\n').Length);
    }

    [Fact]
    public void Write_Colors_AddOnlyColors()
    {
        string colored = TraceText.Write(Samples.Leak, colors: true);
        Assert.Contains("\u001b[1;31mManagedLeak\u001b[0m", colored, StringComparison.Ordinal);
        Assert.Equal(TraceText.Write(Samples.Leak), System.Text.RegularExpressions.Regex.Replace(colored, "\u001b\\[[0-9;]*m", ""));
    }

    [Theory]
    [InlineData("StaticField", "Shop.Bus.Changed", "static field Shop.Bus.Changed")]
    [InlineData("StaticField", "Shop.Bus+Inner<System.String>.<All>k__BackingField", "static field Shop.Bus.Inner<string>.All")]
    [InlineData("ThreadStatic", "Shop.Bus.current", "thread static field Shop.Bus.current")]
    [InlineData("Stack", "Shop.Program.Main", "local or argument of Shop.Program.Main")]
    [InlineData("Stack", "Shop.Feed+<RunAsync>d__7.MoveNext", "local or argument of Feed.RunAsync")]
    [InlineData("Stack", "Shop.Feed+<>c..ctor", "local or argument of Feed..ctor")]
    [InlineData("StrongHandle", "", "strong GC handle")]
    [InlineData("StrongHandle", "strong GC handle", "strong GC handle")]
    [InlineData("PinnedHandle", "", "pinned GC handle")]
    [InlineData("AsyncPinnedHandle", "", "GC handle pinned for asynchronous I/O")]
    [InlineData("FinalizerQueue", "anything", "objects waiting for their finalizer")]
    [InlineData("RuntimeTable", "object table held by a handle", "object table held by a handle")]
    [InlineData("Other", "x", "Other x")]
    public void Write_Root_IsInWords(string kind, string name, string words) => Assert.StartsWith(
        $"┬─── {words}\n",
        TraceText.Write(new RetentionTrace(new TraceRoot(kind, name), [new TraceElement("A", null, null, LeakingStatus.Unknown, "")])),
        StringComparison.Ordinal);

    [Fact]
    public void Write_RootOfThreads_SaysWhich() => Assert.StartsWith(
        "┬─── thread static field Shop.Session.current of 12 threads, 11 of the pool\n",
        TraceText.Write(SampleTraces.OfThreads),
        StringComparison.Ordinal);

    [Fact]
    public void Root_EveryKind_HasWords() => Assert.All(
        Enum.GetNames<Limpet.Heap.RootKind>(),
        kind => Assert.DoesNotContain(kind, TraceText.Write(new RetentionTrace(new TraceRoot(kind, "n"), [])), StringComparison.Ordinal));
}
