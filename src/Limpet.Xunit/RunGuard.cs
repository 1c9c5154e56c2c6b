using Limpet.Guards;

namespace Limpet.Xunit;

/// <summary>The guard of this run, and what it must know of xUnit.</summary>
internal sealed class RunGuard : ITestHost
{
    private static readonly Lazy<LeakGuard> Classes = new(() =>
    {
        LeakGuard guard = Start(tellsClassEnd: false, confirm: false);
        // Nothing else says that the last guarded class has ended.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => GuardTable.Print(guard.EndRun());
        return guard;
    });

    private RunGuard(bool tellsClassEnd) => TellsClassEnd = tellsClassEnd;

    /// <summary>Whether the assembly is guarded, or repeats a test for a guard: then classes are not guarded beside it.</summary>
    public static bool AssemblyIsGuarded { get; set; }

    /// <summary>The guard of classes; null where the assembly is guarded.</summary>
    public static LeakGuard? OfClasses => AssemblyIsGuarded || RepeatedRun.FromEnvironment() is not null ? null : Classes.Value;

    public string Framework => "xUnit";

    public string? RunnerProperty => "UseMicrosoftTestingPlatformRunner";

    public bool TellsClassEnd { get; }

    public static LeakGuard Start(bool tellsClassEnd, bool confirm) =>
        LeakGuard.Start(new RunGuard(tellsClassEnd), new LeakGuardOptions { Confirm = confirm }.WithEnvironment());

    // The test is chosen by the executor, which knows the test cases: the options of the command line depend on the runner.
    // A class-only guard has no executor and so cannot repeat.
    public IReadOnlyList<string>? ArgumentsFor(GuardedTest test) => TellsClassEnd ? [] : null;
}
