namespace Limpet.Testing;

/// <summary>The test targets built with an older runtime of their own.</summary>
internal static class OlderRuntime
{
    /// <summary>The executable; the test is skipped, and says how to build it, where it was not built.</summary>
    public static string Executable(string framework)
    {
        string path = Path.Combine(TargetProcess.Repository, "artifacts", framework, "bin", "Limpet.TestTargets", "debug_linux-x64", "Limpet.TestTargets");
        if (!File.Exists(path))
        {
            Assert.Skip($"The test targets for {framework} are not built. Build them with: dotnet build tests/Limpet.TestTargets -p:TestTargetFramework={framework} -r linux-x64 --self-contained");
        }

        return path;
    }
}
