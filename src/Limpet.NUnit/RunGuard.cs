using System.Security;
using Limpet.Guards;
using NUnit.Framework.Api;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace Limpet.NUnit;

/// <summary>The guard of this run, and what it must know of NUnit.</summary>
internal sealed class RunGuard : ITestHost
{
    private static readonly Lock Gate = new();
    private static ITest? _owner;
    private static bool _repeats;

    /// <summary>The guard; null when none watches.</summary>
    public static LeakGuard? Current { get; private set; }

    public string Framework => "NUnit";

    public string? RunnerProperty => "EnableNUnitRunner";

    public bool TellsClassEnd => false;

    public static GuardedTest TestOf(ITest test) => new(test.ClassName ?? "", test.MethodName ?? test.Name);

    /// <summary>A suite with the attribute begins.</summary>
    /// <returns>Whether its attribute is the one that tells the guard of tests: that of the assembly, where there is one.</returns>
    public static bool Begin(ITest suite)
    {
        if (RepeatedRun.FromEnvironment() is { } repeated)
        {
            // The runs that it starts come here, too, and from other threads.
            if (!Interlocked.Exchange(ref _repeats, true))
            {
                Repeat(repeated, suite);
            }

            return false;
        }

        lock (Gate)
        {
            if (_owner is TestAssembly)
            {
                return false;
            }

            if (Current is null)
            {
                Current = LeakGuard.Start(new RunGuard(), new LeakGuardOptions().WithEnvironment());
                // Of classes with the attribute nobody knows which is the last.
                AppDomain.CurrentDomain.ProcessExit += (_, _) => Tell();
            }

            _owner = suite;
            return true;
        }
    }

    /// <summary>A suite with the attribute has ended.</summary>
    public static void End(ITest suite)
    {
        if (suite is TestAssembly)
        {
            Tell();
        }
    }

    public IReadOnlyList<string>? ArgumentsFor(GuardedTest test) =>
        ["--filter", test.Method is null ? $"FullyQualifiedName~{test.ClassName}." : $"FullyQualifiedName~{test.ClassName}.{test.Method}"];

    private static void Tell()
    {
        LeakGuard? guard;
        lock (Gate)
        {
            guard = Current;
            Current = null;
        }

        if (guard is not null)
        {
            GuardTable.Print(guard.EndRun());
            guard.Dispose();
        }
    }

    /// <summary>Runs the test by NUnit's own runner, beside the run that has begun, on a thread that has nothing of that one's context.</summary>
    private static void Repeat(RepeatedRun repeated, ITest suite)
    {
        ITest assembly = suite;
        while (assembly is not TestAssembly && assembly.Parent is not null)
        {
            assembly = assembly.Parent;
        }

        GuardedTest test = repeated.Test;
        string method = test.Method is null ? "" : $"<method>{SecurityElement.Escape(test.Method)}</method>";
        TestFilter filter = TestFilter.FromXml($"<filter><and><class>{SecurityElement.Escape(test.ClassName)}</class>{method}</and></filter>");
        Thread thread = new(() =>
        {
            ITestResult result;
            do
            {
                // A fixture is made once for each load, and disposed with its run.
                NUnitTestAssemblyRunner runner = new(new DefaultTestAssemblyBuilder());
                runner.Load(((TestAssembly)assembly).Assembly!, new Dictionary<string, object>());
                result = runner.Run(TestListener.NULL, filter);
            }
            while (repeated.AfterRun(result.PassCount + result.FailCount + result.WarningCount, result.FailCount));
        });
        thread.Start();
        thread.Join();
    }
}
