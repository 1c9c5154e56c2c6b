namespace Limpet.Guards;

/// <summary>What a guard must know of the framework that runs the tests. An adapter implements it.</summary>
public interface ITestHost
{
    /// <summary>Name of the framework, such as <c>xUnit</c>.</summary>
    string Framework { get; }

    /// <summary>
    /// Whether the framework says when a class has ended, its fixtures disposed. If not, a class counts as ended when a test of another one begins and
    /// none of its own runs.
    /// </summary>
    bool TellsClassEnd { get; }

    /// <summary>
    /// The MSBuild property by which a test project of this framework is a program of its own, such as <c>EnableNUnitRunner</c>: the reason names it where suspects cannot be run again. Null,
    /// unless implemented: there is none to name.
    /// </summary>
    string? RunnerProperty => null;

    /// <summary>The arguments with which this test executable runs only one test method or class.</summary>
    /// <param name="test">The test; without a method it is the class.</param>
    /// <returns>The arguments; null when this host cannot be started for it alone, which some can for a test and not for a class.</returns>
    IReadOnlyList<string>? ArgumentsFor(GuardedTest test);
}
