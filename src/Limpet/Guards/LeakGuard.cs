using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Limpet.Measuring;
using Limpet.Resources;
using Limpet.Results;

namespace Limpet.Guards;

/// <summary>
/// Watches a run of tests and says which test left what behind: descriptors, threads, timers, and by class child processes, load contexts and live managed bytes. It knows nothing of the
/// framework that runs them; an adapter tells it when a test, a class and the run begin and end.
/// </summary>
/// <remarks>
/// When a test begins or ends it lists descriptors and threads and counts timers; the end of one is the beginning of the next of its class, where none runs beside them. What
/// appeared in between belongs to the tests that ran meanwhile: to one of them, when they ran one at a time. It is called left behind when it is there although the class has
/// ended and the heap is settled. That is no verdict: pools, caches and the first use of a library leave something, too. So suspects are run again
/// in a process of their own, alone and doubled, when the run has ended. Safe for use from many threads.
/// </remarks>
public sealed class LeakGuard : IDisposable
{
    /// <summary>How long threads may take to end at the end of the run.</summary>
    private static readonly TimeSpan EndOfThreads = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly ITestHost _host;
    private readonly LeakGuardOptions _options;
    private readonly ProcessView _view;
    private readonly Func<bool> _look;
    private readonly Func<ImmutableArray<GuardedTest>> _candidates;
    private readonly HeldItems _descriptors;
    private readonly HeldItems _threads;
    private readonly HeldItems _children;
    private readonly HeldItems _contexts;
    private readonly CountAccount _timers = new();
    private readonly CountAccount _nameless = new();
    private TestTimes _times = new();
    private readonly List<GuardedTest> _running = [];
    private readonly Dictionary<string, int> _openClasses = [];
    private readonly List<string> _unread = [];
    private readonly Dictionary<string, int> _testsOf = [];
    private readonly List<GuardedClass> _classes = [];
    private readonly List<SettledReading> _readings = [];
    private readonly SortedSet<string> _warnings = [];
    private readonly DateTimeOffset _startedAt = DateTimeOffset.UtcNow;
    private readonly long _started = Stopwatch.GetTimestamp();
    private TimeSpan _overhead;
    private TimeSpan _settling;
    private ImmutableArray<NamedCount>? _timerNames;
    private int _tests;
    private GuardResult? _result;

    /// <summary>Class of the test whose end was the last thing that happened, while no other ran; null otherwise.</summary>
    private string? _endedAlone;

    private LeakGuard(ITestHost host, LeakGuardOptions options, ProcessView view)
    {
        _view = view;
        // Made once: at each look they would be most of what it allocates.
        _look = LookAlone;
        _candidates = Candidates;
        _host = host;
        _options = options;
        _descriptors = new HeldItems(_view.TryListDescriptors, _view.IdentifyDescriptor, _view.DescriptorStays);
        // Numbers of threads and processes go round: one is given again after some ten thousand others.
        _threads = new HeldItems(_view.TryListThreads, _view.IdentifyThread, _ => true);
        _children = new HeldItems(_view.Family.TryListChildren, _view.Family.IdentifyChild, _ => true);
        _contexts = new HeldItems(_view.Family.TryListContexts, _view.Family.IdentifyContext, _ => true);
    }

    /// <summary>Begins to watch. What the process holds now is what it held before the tests.</summary>
    /// <param name="host">The framework that runs the tests.</param>
    /// <param name="options">How to watch; null for the defaults.</param>
    public static LeakGuard Start(ITestHost host, LeakGuardOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(host);
        return Start(host, options ?? new LeakGuardOptions(), ProcessView.Open());
    }

    /// <summary>The same with another view of the process; for tests that count what is asked.</summary>
    internal static LeakGuard Start(ITestHost host, LeakGuardOptions options, ProcessView view)
    {
        LeakGuard guard = new(host, options, view);
        lock (guard._lock)
        {
            long began = Stopwatch.GetTimestamp();
            // Threads first: the folder that they are listed from is a descriptor of the guard's own, there from then on.
            guard._threads.Begin();
            guard._descriptors.Begin();
            guard._children.Begin();
            guard._contexts.Begin();
            guard._timers.Begin(Timer.ActiveCount);
            guard._timerNames = ActiveTimers.ByName();
            guard._nameless.Begin(guard.CountNameless());
            // What is compiled now is not compiled while the first test runs.
            guard.Rehearse();
            guard._readings.Add(guard.ReadSettled());
            guard._settling = Stopwatch.GetElapsedTime(began);
        }

        return guard;
    }

    private void Rehearse()
    {
        GuardedTest rehearsal = new("", "");
        BeginTest(rehearsal);
        EndTest(rehearsal);
        EndClass(rehearsal.ClassName);
        _unread.Clear();
        _testsOf.Clear();
        _times = new TestTimes();
        _tests = 0;
        _overhead = TimeSpan.Zero;
        _endedAlone = null;
    }

    /// <summary>A test begins: its class has not been constructed yet, if the framework says so in time.</summary>
    /// <param name="test">The test.</param>
    public void BeginTest(GuardedTest test)
    {
        lock (_lock)
        {
            long began = Stopwatch.GetTimestamp();
            // What was there when the test before it in its class ended is there now: only timers, which frameworks have for each test, are counted again.
            if (_endedAlone != test.ClassName)
            {
                Look();
            }
            else
            {
                _timers.Look(Timer.ActiveCount, _running);
            }

            _endedAlone = null;
            if (!_host.TellsClassEnd)
            {
                foreach (string other in _openClasses.Where(open => open.Key != test.ClassName && open.Value == 0).Select(open => open.Key).ToArray())
                {
                    End(other);
                }
            }

            _openClasses[test.ClassName] = _openClasses.GetValueOrDefault(test.ClassName) + 1;
            _running.Add(test);
            _times.Begin(test);
            _overhead += Stopwatch.GetElapsedTime(began);
        }
    }

    /// <summary>A test has ended, its object disposed.</summary>
    /// <param name="test">The test, as it was told when it began.</param>
    /// <param name="excused">Whether it may leave something, and is not run again for it: it failed, or is about a known leak.</param>
    public void EndTest(GuardedTest test, bool excused = false)
    {
        lock (_lock)
        {
            long began = Stopwatch.GetTimestamp();
            Look();
            if (_running.Remove(test))
            {
                _times.End(test, excused);
                _tests++;
                _openClasses[test.ClassName]--;
                _testsOf[test.ClassName] = _testsOf.GetValueOrDefault(test.ClassName) + 1;
                _endedAlone = _running.Count == 0 ? test.ClassName : null;
            }

            _overhead += Stopwatch.GetElapsedTime(began);
        }
    }

    /// <summary>A class begins: its fixtures have not been made yet. May be left out.</summary>
    /// <param name="className">Full name.</param>
    public void BeginClass(string className)
    {
        lock (_lock)
        {
            long began = Stopwatch.GetTimestamp();
            Look();
            _openClasses.TryAdd(className, 0);
            _overhead += Stopwatch.GetElapsedTime(began);
        }
    }

    /// <summary>A class has ended, its fixtures disposed. Left out where <see cref="ITestHost.TellsClassEnd"/> is false.</summary>
    /// <param name="className">Full name.</param>
    public void EndClass(string className)
    {
        lock (_lock)
        {
            long began = Stopwatch.GetTimestamp();
            Look();
            End(className);
            _overhead += Stopwatch.GetElapsedTime(began);
        }
    }

    /// <summary>
    /// The run has ended. Settles the heap, runs suspects again if so configured, and writes the summary. A second call returns what the first did.
    /// </summary>
    /// <exception cref="LimpetException">The summary cannot be written.</exception>
    public GuardResult EndRun()
    {
        lock (_lock)
        {
            return _result ??= Finish();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _view.Dispose();

    private void Look()
    {
        _endedAlone = null;
        OwnProcess.Alone(_look);
    }

    private bool LookAlone()
    {
        _descriptors.Look(_candidates);
        _threads.Look(_candidates);
        _timers.Look(Timer.ActiveCount, _running);
        _nameless.Look(CountNameless(), _running);
        return true;
    }

    /// <summary>Threads that are neither the pool's nor known by a name: one without a name, that a thread of the pool starts, looks like a worker.</summary>
    private long CountNameless() => _threads.Count - ThreadPool.ThreadCount - _threads.Explained ?? 0;

    private ImmutableArray<GuardedTest> Candidates() =>
        _running.Count > 0 ? [.. _running.Distinct()] : [.. _openClasses.Keys.Select(name => new GuardedTest(name, null))];

    private void End(string className)
    {
        if (!_openClasses.Remove(className))
        {
            return;
        }

        _unread.Add(className);
        // A reading between running tests would count what they hold. One that the tests cannot afford waits for a later class.
        if (_running.Count == 0 && _readings.Count > 0 && _overhead + _settling <= _options.OverheadPerTest * _tests)
        {
            long began = Stopwatch.GetTimestamp();
            Settle();
            _settling = Stopwatch.GetElapsedTime(began);
        }
    }

    private void Settle()
    {
        SettledReading reading = ReadSettled();
        Look();
        _descriptors.Settle(HasEnded, item => _view.NameDescriptor(item.Number));
        _threads.Settle(HasEnded, item => _view.NameThread(item.Number));
        _children.Look(ClassesSinceTheLastReading);
        _children.Settle(HasEnded, item => _view.Family.NameChild(item.Number));
        _contexts.Look(ClassesSinceTheLastReading);
        _contexts.Settle(HasEnded, item => _view.Family.NameContext(item.Number));
        _readings.Add(reading);
        _classes.AddRange(_unread.Select(name => new GuardedClass(name, _testsOf.GetValueOrDefault(name), _readings.Count - 1)));
        foreach (string name in _unread)
        {
            _testsOf.Remove(name);
        }

        _unread.Clear();
    }

    /// <summary>The classes that may have left what is seen at this reading; none to name where they are many.</summary>
    private ImmutableArray<GuardedTest> ClassesSinceTheLastReading()
    {
        string[] names = [.. _unread.Concat(_openClasses.Keys)];
        return names.Length > Leftovers.MostSharing ? [] : [.. names.Select(name => new GuardedTest(name, null))];
    }

    private bool HasEnded(GuardedTest test) => !_openClasses.ContainsKey(test.ClassName);

    private SettledReading ReadSettled()
    {
        try
        {
            if (Environment.HasShutdownStarted)
            {
                GC.Collect();
                _warnings.Add("The process was ending at the last reading, when finalizers run no more: what waits for one counts as alive.");
            }
            else if (!SettledCollection.Settle(SettledCollection.DefaultDeadline))
            {
                _warnings.Add("Finalizers did not finish before a reading: what waits for them counts as alive.");
            }
        }
        catch (LimpetException trouble) when (trouble.Trouble == Trouble.NotRun)
        {
            _warnings.Add(trouble.Message);
        }

        ResourceCounts counts = ResourceCounts.Take();
        return new SettledReading(new ByteSize(counts.ManagedBytes), counts.Descriptors, counts.OwnThreads, counts.ActiveTimers);
    }

    /// <summary>What the timers call that are active now, and were not before the tests.</summary>
    private string TimerNames() => ActiveTimers.ByName() is { } now && _timerNames is { } before
        ? string.Join(", ", now.Where(timer => timer.Count > (before.FirstOrDefault(known => known.Name == timer.Name)?.Count ?? 0)).Select(timer => timer.Name).Take(2))
        : "";

    /// <summary>Threads without a name, no more than there really are: a worker of the pool that was just ending was counted as one, and is gone in a moment.</summary>
    private (ImmutableArray<GuardedTest> Tests, long Count)[] Nameless()
    {
        (ImmutableArray<GuardedTest> Tests, long Count)[] left = [.. _nameless.Left(Leftovers.MostSharing)];
        if (left.Length == 0 || SpinWait.SpinUntil(() => _view.CountNamelessThreads() == 0, EndOfThreads))
        {
            return [];
        }

        long most = _view.CountNamelessThreads();
        return [.. left.Select(one => (one.Tests, Math.Min(one.Count, most))).Where(one => one.Item2 > 0)];
    }

    private GuardResult Finish()
    {
        _running.Clear();
        _unread.AddRange(_openClasses.Keys);
        _openClasses.Clear();
        Settle();
        // Threads that have been named by now are counted no more as those without a name.
        Look();
        ImmutableArray<LeftBehind> left = [.. Leftovers.Of(_descriptors.Outlived, _threads.Outlived, [.. _children.Outlived, .. _contexts.Outlived], _timers.Left(Leftovers.MostSharing), TimerNames(), Nameless(), _classes, _readings, _options)];
        if (_options.Confirm)
        {
            left = new Confirmation(_host, _options, _times).Confirm(left);
        }

        GuardResult result = new()
        {
            StartedAt = _startedAt,
            DurationSeconds = Stopwatch.GetElapsedTime(_started).TotalSeconds,
            Target = new TargetInfo(Environment.ProcessId, [], RuntimeInformation.FrameworkDescription),
            Framework = _host.Framework,
            Tests = _tests,
            Classes = [.. _classes],
            Readings = [.. _readings],
            SuspiciousGrowth = _options.SuspiciousGrowth,
            Left = left,
            Overhead = _overhead,
            Warnings = [.. _warnings],
            BlindSpots = _view.CanRead ? [] : [$"Descriptors and threads cannot be read on {Environment.OSVersion.Platform}."],
        };
        GuardSummary.Write(result, _options.SummaryFile);
        return result;
    }
}
