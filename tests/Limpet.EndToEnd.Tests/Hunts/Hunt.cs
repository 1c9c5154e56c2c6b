using Limpet.Testing;

namespace Limpet.EndToEnd.Tests.Hunts;

/// <summary>Runs <c>limpet hunt</c> as a user does, and reads its result.</summary>
internal static class Hunt
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(90);

    /// <summary>A quick hunt of a test target that is driven by lines.</summary>
    public static HuntOutcome Target(string target, params string[] options) =>
        Run([.. options, "--quick", .. ByLines(target)]);

    /// <summary>The words that start a test target and drive it by lines.</summary>
    public static string[] ByLines(string target) =>
        ["--stdin-line", "x", "--ready-line", "^ready$", "--", "dotnet", TargetProcess.DefaultDll, .. target.Split(' ')];

    /// <summary>Any hunt.</summary>
    public static HuntOutcome Run(params string[] arguments) => Run(arguments, environment: null);

    /// <summary>Any hunt, with variables in its environment.</summary>
    public static HuntOutcome Run(string[] arguments, Dictionary<string, string>? environment)
    {
        using TemporaryFolder folder = new();
        string json = folder.File("result.json");
        CliRun run = CliProcess.Execute(["dotnet", CliProcess.Dll, "hunt", "--json", json, .. arguments], environment, Deadline);
        return new HuntOutcome(run, File.Exists(json) ? File.ReadAllText(json) : null);
    }
}
