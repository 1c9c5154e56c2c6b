using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Limpet.MSTest;

/// <summary>
/// Tells the guard when the run of the tests has ended: <c>[assembly: AssemblyFixtureProvider(typeof(LeakGuardRun))]</c>. Without it, it notices when the process ends.
/// </summary>
[TestClass]
public static class LeakGuardRun
{
    /// <summary>MSTest calls this after the last test.</summary>
    [AssemblyCleanup]
    public static void End() => RunGuard.End();
}
