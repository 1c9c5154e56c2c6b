namespace Limpet.Guards;

/// <summary>The program that runs the tests: whether it can be started again, and what to set where it cannot.</summary>
internal static class TestProgram
{
    /// <summary>VSTest's program, which loads the tests of others.</summary>
    private const string VsTestHost = "testhost";

    /// <summary>The program of this process, and the assembly behind <c>dotnet</c>; null where it is not the test project's own.</summary>
    /// <param name="program">The program of the process.</param>
    /// <param name="entry">The file of its entry assembly; null or empty where it has none.</param>
    public static string[]? CommandOf(string? program, string? entry) =>
        program is null || string.IsNullOrEmpty(entry) || IsVsTestHost(entry) ? null
        : Path.GetFileNameWithoutExtension(program) == "dotnet" ? [program, entry]
        : Path.ChangeExtension(entry, null) == program || Path.ChangeExtension(entry, "exe") == program ? [program]
        : null;

    /// <summary>Why there is no command, and what to set so that there is one.</summary>
    /// <param name="host">The framework.</param>
    /// <param name="entry">The file of the entry assembly.</param>
    public static string WhyNone(ITestHost host, string? entry)
    {
        string set = host.RunnerProperty is { } property
            ? $"set <OutputType>Exe</OutputType> and <{property}>true</{property}> in the test project"
            : "let the test project be a program of its own";
        return IsVsTestHost(entry) ? $"VSTest's {VsTestHost} runs the tests, and it cannot be started for one of them: {set}"
            : string.IsNullOrEmpty(entry) ? "the assembly of the tests has no file that could be started again, as in a single-file program: run the tests unpublished"
            : $"another program runs the tests, and it cannot be started for one of them: {set}";
    }

    private static bool IsVsTestHost(string? entry) => Path.GetFileNameWithoutExtension(entry)?.Split('.')[0] == VsTestHost;
}
