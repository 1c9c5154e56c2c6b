using Limpet.Capture.Files;
using Limpet.Capture.Live;
using Limpet.Capture.Symbols;
using Limpet.Heap;
using Limpet.Heap.Paths;
using Limpet.Results;
using Limpet.Testing;

namespace Limpet.Capture.Tests.Symbols;

/// <summary>Heap and code of running programs together: the hint names the statement, by its line in the target's source file.</summary>
public sealed class LiveSourceTests
{
    private const string Subject = "Limpet.TestTargets.Subject";

    [Theory]
    [InlineData("static-event", "StaticEventTarget.cs", "Bus.Changed += OnChanged;", "View..ctor ({0}) subscribes Bus.Changed; remove the handler (Bus.Changed -= …) when the Subject is done")]
    [InlineData("closure-in-list", "ClosureInListTarget.cs", "s_atShutdown.Add(flush);", "ClosureInListTarget.Operate ({0}) adds to ClosureInListTarget.s_atShutdown; remove the entry when the Subject is done")]
    [InlineData("dictionary-entry", "DictionaryEntryTarget.cs", "s_sessions.Add(key, ", "DictionaryEntryTarget.Operate ({0}) adds to DictionaryEntryTarget.s_sessions; remove the entry when the Subject is done")]
    [InlineData("token-registration", "TokenRegistrationTarget.cs", "s_stopping.Token.Register(", "TokenRegistrationTarget.Operate ({0}) registers a lambda with a cancellation token; dispose the registration when the Subject is done")]
    [InlineData("continuation", "ContinuationTarget.cs", "s_stopped.Task.ContinueWith(", "ContinuationTarget.Operate ({0}) continues a task with a lambda; cancel the continuation, or complete the task, when the Subject is done")]
    [InlineData("immutable-entry", "ImmutableEntryTarget.cs", "ImmutableInterlocked.TryAdd(", "ImmutableEntryTarget.Operate ({0}) adds to ImmutableEntryTarget.s_sessions; remove the entry when the Subject is done")]
    [InlineData("signal-registration", "SignalRegistrationTarget.cs", "PosixSignalRegistration.Create(", "SignalDesk..ctor ({0}) registers SignalDesk.ReadSettings for a signal; dispose the registration when the Subject is done")]
    [InlineData("pending-await", "PendingAwaitTarget.cs", "s_replies.Add(", "PendingAwaitTarget.PlaceOrderAsync ({0}) adds to PendingAwaitTarget.s_replies; remove the entry when the Subject is done")]
    public void Hint_OfARunningTarget_NamesTheStatement(string target, string file, string statement, string expected)
    {
        using TargetProcess process = Drive(target);

        ExplainedTrace trace = TraceOf(process.Id);

        SourceLine line = new(file, LineOf(file, statement));
        Assert.Equal(string.Format(System.Globalization.CultureInfo.InvariantCulture, expected, $"{file}:{line.Line}"), trace.Hint);
        Assert.Equal(line, trace.Source);
    }

    [Fact]
    public void Hint_OfAProgramWithItsSymbolsInside_NamesTheStatement()
    {
        string executable = OlderRuntime.Executable("net8.0");
        Assert.False(File.Exists(executable + ".pdb"), "the symbols are beside the program");
        using TargetProcess process = Drive("static-event", executable);

        Assert.Equal(new SourceLine("StaticEventTarget.cs", LineOf("StaticEventTarget.cs", "Bus.Changed += OnChanged;")), TraceOf(process.Id).Source);
    }

    [Fact]
    public void Hint_OfATimer_NamesTheStatementThatMakesIt()
    {
        using TargetProcess process = Drive("timer");
        SourceLine line = new("TimerTarget.cs", LineOf("TimerTarget.cs", "Timer watchdog = new("));

        ExplainedTrace trace = TraceOf(process.Id);

        Assert.Contains($"TimerTarget.Operate (TimerTarget.cs:{line.Line}) creates a timer with a lambda", trace.Hint, StringComparison.Ordinal);
        Assert.Equal(line, trace.Source);
    }

    [Fact]
    public void Hint_OfAStack_NamesTheStatementThatStartsTheThread()
    {
        using TargetProcess process = Drive("thread-per-op");
        int line = LineOf("ThreadPerOpTarget.cs", "Thread thread = new(");
        int work = LineOf("ThreadPerOpTarget.cs", "private static void Work(") + 1;

        ExplainedTrace trace = TraceOf(process.Id);

        Assert.Equal(
            $"ThreadPerOpTarget.Operate (ThreadPerOpTarget.cs:{line}) starts a thread that holds it in ThreadPerOpTarget.Work (ThreadPerOpTarget.cs:{work}); let the thread end when the Subject is done",
            trace.Hint);
        Assert.Equal(new SourceLine("ThreadPerOpTarget.cs", work), trace.Trace.Root.Source);
    }

    [Fact]
    public void Steps_OfARunningTarget_HaveTheLinesOfTheirMethods()
    {
        using TargetProcess events = Drive("static-event");
        using TargetProcess pending = Drive("pending-await");

        Assert.Equal(
            [new SourceLine("StaticEventTarget.cs", LineOf("StaticEventTarget.cs", "private void OnChanged("))],
            TraceOf(events.Id).Trace.Path.Select(element => element.Source).OfType<SourceLine>());
        Assert.Equal(
            [new SourceLine("PendingAwaitTarget.cs", LineOf("PendingAwaitTarget.cs", "async Task PlaceOrderAsync(") + 1)],
            TraceOf(pending.Id).Trace.Path.Select(element => element.Source).OfType<SourceLine>());
    }

    [Fact]
    public void Stacks_OfATargetThatHangs_HaveTheLineOfEachCall()
    {
        using TargetProcess process = Drive("thread-per-op");
        using LiveTarget live = LiveTarget.Attach(process.Id);
        int calls = LineOf("ThreadPerOpTarget.cs", "Park.Forever();");

        string[] frames = [.. live.CaptureStacks().SelectMany(stack => stack.Frames)];

        Assert.Contains($"ThreadPerOpTarget.Work (ThreadPerOpTarget.cs:{calls})", frames);
        Assert.DoesNotContain(frames, frame => frame.StartsWith("Thread.", StringComparison.Ordinal) && frame.EndsWith(')'));
    }

    [Fact]
    public void HeapFile_WrittenWithCode_KeepsTheLinesOfHandlers()
    {
        using TargetProcess process = Drive("static-event");
        string file = Path.Combine(Path.GetTempPath(), $"limpet-{Guid.NewGuid():N}.limpet");
        try
        {
            using (LiveTarget live = LiveTarget.Attach(process.Id))
            using (ProcessCode code = ProcessCode.Of(process.Id))
            using (HeapGraph graph = live.Capture(cancellation: TestContext.Current.CancellationToken).Graph)
            {
                HeapFileMetadata metadata = new() { ToolVersion = "test", RuntimeName = live.RuntimeName, Pid = process.Id, CapturedAt = DateTimeOffset.UnixEpoch, CommandLine = [] };
                HeapFile.Write(file, graph, metadata, code, TestContext.Current.CancellationToken);
            }

            LoadedHeap loaded = HeapFile.Read(file, TestContext.Current.CancellationToken);
            using (loaded.Graph)
            {
                int line = LineOf("StaticEventTarget.cs", "private void OnChanged(");
                Assert.Equal(
                    $"View.OnChanged (StaticEventTarget.cs:{line}) is subscribed to Bus.Changed; remove the handler (Bus.Changed -= …) when the Subject is done",
                    TraceOf(loaded.Graph, null).Hint);
            }
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Hint_OfAProgramThatWasReplaced_NamesNoLine()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("limpet-replaced-");
        try
        {
            foreach (string built in Directory.GetFiles(Path.GetDirectoryName(TargetProcess.DefaultDll)!, "Limpet.TestTargets*"))
            {
                File.Copy(built, Path.Combine(folder.FullName, Path.GetFileName(built)));
            }

            string program = Path.Combine(folder.FullName, "Limpet.TestTargets");
            using TargetProcess process = Drive("static-event", program);
            Assert.Matches(@"^View\.\.ctor \(StaticEventTarget\.cs:\d+\) subscribes Bus\.Changed;", TraceOf(process.Id).Hint);

            byte[] bytes = File.ReadAllBytes(program + ".dll");
            File.Delete(program + ".dll");
            File.WriteAllBytes(program + ".dll", bytes);

            Assert.Equal("View.OnChanged is subscribed to Bus.Changed; remove the handler (Bus.Changed -= …) when the Subject is done", TraceOf(process.Id).Hint);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static TargetProcess Drive(string target, string? executable = null)
    {
        TargetProcess process = TargetProcess.Start($"{target} leaky", executable: executable);
        for (int operation = 0; operation < 10; operation++)
        {
            process.Ask("op");
        }

        return process;
    }

    private static ExplainedTrace TraceOf(int pid)
    {
        using LiveTarget live = LiveTarget.Attach(pid);
        using ProcessCode code = ProcessCode.Of(pid);
        using HeapGraph graph = live.Capture(cancellation: TestContext.Current.CancellationToken).Graph;
        return TraceOf(graph, code);
    }

    private static ExplainedTrace TraceOf(HeapGraph graph, ProcessCode? code)
    {
        using RetentionQuery query = RetentionQuery.Open(graph, code, TestContext.Current.CancellationToken);
        return query.Ask(Subject, 1, TestContext.Current.CancellationToken).Traces[0].Trace;
    }

    private static int LineOf(string file, string statement)
    {
        string path = Path.Combine(TargetProcess.Repository, "tests", "Limpet.TestTargets", "Leaks", file);
        int line = Array.FindIndex(File.ReadAllLines(path), text => text.Contains(statement, StringComparison.Ordinal)) + 1;
        Assert.True(line > 0, $"{file} has no line with {statement}");
        return line;
    }
}
