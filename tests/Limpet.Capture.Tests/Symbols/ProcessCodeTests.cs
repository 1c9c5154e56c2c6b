using System.Reflection;
using Limpet.Capture.Symbols;
using Limpet.Heap;
using Limpet.Heap.Code;
using Limpet.Results;

namespace Limpet.Capture.Tests.Symbols;

/// <summary>The code of this very assembly, searched: every statement that is meant is found with its line, and no other.</summary>
public sealed class ProcessCodeTests : IDisposable
{
    private const string View = "Limpet.Capture.Tests.Symbols.SampleCode+View";
    private const string Store = "Limpet.Capture.Tests.Symbols.SampleCode+Store<System.String>";
    private readonly ProcessCode code = ProcessCode.OfFiles(typeof(ProcessCodeTests).Assembly.Location);

    [Theory]
    [InlineData("OnChanged", "SampleCode.Bus.add_Changed", "Open", "subscribes")]
    [InlineData("OnLate", "SampleCode.Bus.add_Changed", "OpenLater", "subscribes a local")]
    [InlineData("OnOnce", "SampleCode.Bus.add_Changed", "OpenGuarded", "subscribes one of two")]
    [InlineData("OnTwice", "SampleCode.Bus.add_Changed", "OpenGuarded", "subscribes one of two")]
    [InlineData("OnStop", "System.Threading.CancellationToken.Register", "Stop", "registers")]
    [InlineData("Run", "System.Threading.Thread..ctor", "Work", "thread")]
    [InlineData("OnTask", "System.Threading.Tasks.Task.Run", "MoveNext", "task")]
    public void UsesOfDelegate_OfAMethod_AreWhereItIsHandedOn(string handler, string taker, string method, string mark)
    {
        CodeUse use = Assert.Single(code.UsesOfDelegate(new MethodName(View, handler)), use => !use.Taker.StartsWith("remove_", StringComparison.Ordinal));

        Assert.EndsWith(taker, $"{use.TakerType}.{use.Taker}", StringComparison.Ordinal);
        Assert.Equal(method, use.Method.Name);
        Assert.Equal(new SourceLine("SampleCode.cs", SampleCode.LineOf(mark)), use.Method.Source);
    }

    [Theory]
    [InlineData("Watch", "timer lambda", -1)]
    [InlineData("WatchStatic", "static timer", 0)]
    public void UsesOfDelegate_OfALambda_IsTheTimerThatIsMadeOfIt(string method, string mark, int lines)
    {
        MethodInfo lambda = typeof(SampleCode.View)
            .GetNestedTypes(BindingFlags.NonPublic)
            .Append(typeof(SampleCode.View))
            .SelectMany(type => type.GetMethods(BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Single(candidate => candidate.Name.StartsWith($"<{method}>b__", StringComparison.Ordinal));

        CodeUse use = Assert.Single(code.UsesOfDelegate(new MethodName(lambda.DeclaringType!.FullName!, lambda.Name)));

        Assert.Equal(("System.Threading.Timer", ".ctor", method), (use.TakerType, use.Taker, use.Method.Name));
        Assert.Equal(new SourceLine("SampleCode.cs", SampleCode.LineOf(mark) + lines), use.Method.Source);
    }

    [Theory]
    [InlineData("byKey", "Add", "AddNested", "nested")]
    [InlineData("immutable", "TryAdd", "AddImmutable", "immutable")]
    [InlineData("shared", "GetOrAdd", "AddShared", "shared")]
    [InlineData("channel", "TryWrite", "Send", "channel")]
    [InlineData("lazy", "Add", "AddLazily", "lazy")]
    [InlineData("lazy", "Add", "AddCopy", "copy")]
    [InlineData("slots", "[]", "Put", "slots")]
    [InlineData("head", "=head", "Push", "head")]
    [InlineData("<Names>k__BackingField", "Add", "Register", "property")]
    public void UsesOfField_OfACollection_AreWhatIsCalledOnIt(string field, string taker, string method, string mark)
    {
        CodeUse use = Assert.Single(code.UsesOfField(Store, field), use => use.Method.Name == method && use.Taker == taker);

        Assert.Equal(new SourceLine("SampleCode.cs", SampleCode.LineOf(mark)), use.Method.Source);
    }

    [Fact]
    public void UsesOfField_ThatIsSetToNull_IsNoAssignment() =>
        Assert.DoesNotContain(code.UsesOfField(Store, "head"), use => use.Method.Name == "Clear");

    [Fact]
    public void CallsOf_AMethod_AreItsCallers() =>
        Assert.Equal(
            ("Run", SampleCode.LineOf("calls")),
            code.CallsOf(new MethodName(View, "Deeper")).Select(use => (use.Method.Name, use.Method.Source!.Line)).Single());

    [Fact]
    public void LineOf_AMethod_IsItsFirst() =>
        Assert.Equal(new SourceLine("SampleCode.cs", SampleCode.LineOf("OnChanged")), code.LineOf(new MethodName(View, "OnChanged")));

    [Fact]
    public void LineOf_AStateMachine_IsThatOfItsAsyncMethod()
    {
        Type machine = typeof(SampleCode.View).GetNestedTypes(BindingFlags.NonPublic).Single(type => type.Name.StartsWith("<WorkAsync>d__", StringComparison.Ordinal));

        SourceLine line = code.LineOf(new MethodName(machine.FullName!, "MoveNext"))!;

        Assert.InRange(line.Line, SampleCode.LineOf("async") - 1, SampleCode.LineOf("async"));
    }

    [Theory]
    [InlineData("Nobody")]
    [InlineData("")]
    [InlineData("\u202e\u0001")]
    public void Questions_AboutWhatIsNotThere_HaveNoAnswer(string name)
    {
        Assert.Null(code.LineOf(new MethodName(View, name)));
        Assert.Null(code.LineOf(new MethodName(name, name) { Module = "/nowhere.dll", Token = 0x06000001 }));
        Assert.Empty(code.UsesOfDelegate(new MethodName(View, name)));
        Assert.Empty(code.UsesOfField(name, name));
        Assert.Empty(code.CallsOf(new MethodName(name, name) { Token = -1 }));
    }

    [Fact]
    public void LineOf_ATokenThatIsAnotherMethods_IsNotKnown()
    {
        string module = typeof(ProcessCodeTests).Assembly.Location;
        int token = typeof(SampleCode.View).GetMethod("Open")!.MetadataToken;

        Assert.NotNull(code.LineOf(new MethodName(View, "Open") { Module = module, Token = token }));
        Assert.Null(code.LineOf(new MethodName(View, "Close") { Module = module, Token = token }));
        Assert.Null(code.LineOf(new MethodName(View, "Open") { Module = module, Token = 0x0600FFFF }));
        Assert.Null(code.LineOf(new MethodName(View, "Open") { Module = module, Token = 0x02000001 }));
    }

    [Fact]
    public void LineOf_SymbolsInsideTheModule_IsRead()
    {
        string module = typeof(Assert).Assembly.Location;
        using ProcessCode packed = ProcessCode.OfFiles(module);
        MethodInfo method = typeof(Assert).GetMethod(nameof(Assert.Fail), [typeof(string)])!;

        SourceLine? line = packed.LineOf(new MethodName("Xunit.Assert", method.Name) { Module = module, Token = method.MetadataToken });

        Assert.False(File.Exists(Path.ChangeExtension(module, ".pdb")));
        Assert.Equal("FailAsserts.cs", line?.File);
    }

    public void Dispose() => code.Dispose();
}
