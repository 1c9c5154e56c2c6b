using System.Text.Json;
using Limpet.Testing;

namespace Limpet.EndToEnd.Tests.Watching;

/// <summary>A run of <c>limpet watch</c> over a small program, with its result as data.</summary>
internal sealed class Watch
{
    private Watch(CliRun run, JsonElement result) => (Run, Result) = (run, result);

    public CliRun Run { get; }

    public JsonElement Result { get; }

    public JsonElement[] Phases => [.. Result.GetProperty("phases").EnumerateArray()];

    /// <summary>The phases that are named as leaking, without the file in which a runner says they are.</summary>
    public string[] Leaking => [.. Phases.Where(phase => phase.GetProperty("leaks").GetBoolean()).Select(NameOf)];

    public JsonElement[] Processes => [.. Result.GetProperty("processes").EnumerateArray()];

    public string Verdict => Result.GetProperty("verdict").GetString()!;

    /// <summary>The program, or a visible skip with the remedy.</summary>
    public static string Program(string path, string remedy)
    {
        if (!File.Exists(path))
        {
            Assert.Skip($"{path} is not there. Install it with: {remedy}");
        }

        return path;
    }

    public static string Python => Program("/usr/bin/python3", "apt-get install python3");

    /// <summary>Runs the tool and holds its result against the published schema.</summary>
    public static Watch Over(string[] options, params string[] command)
    {
        using TemporaryFolder folder = new();
        string file = Path.Combine(folder.Path, "watch.json");
        CliRun run = CliProcess.Run(["watch", .. options, "--json", file, "--", .. command]);
        string json = File.ReadAllText(file);
        Assert.Empty(JsonSchema.Violations(json));
        return new Watch(run, JsonDocument.Parse(json).RootElement);
    }

    public JsonElement Phase(string name) => Phases.Single(phase => NameOf(phase) == name);

    public Watch Expect(int exitCode)
    {
        Run.Expect(exitCode);
        return this;
    }

    private static string NameOf(JsonElement phase) => phase.GetProperty("name").GetString()!.Split("::")[^1];
}
