using System.Globalization;
using System.Text.Json;
using Limpet.Measuring;

namespace Limpet.Guards;

/// <summary>
/// The other side of a confirmation: this process was started to run one test, or one class, alone and again and again. The adapter asks for it and does so
/// instead of guarding.
/// </summary>
public sealed class RepeatedRun
{
    internal const string TestVariable = "LIMPET_GUARD_ONLY";
    internal const string RunsVariable = "LIMPET_GUARD_RUNS";
    internal const string FileVariable = "LIMPET_GUARD_READINGS";

    private readonly string _file;
    private int _done;
    private RepeatedRun(GuardedTest test, int runs, string file)
    {
        Test = test;
        Runs = runs;
        _file = file;
    }

    /// <summary>The test, or the class.</summary>
    public GuardedTest Test { get; }

    /// <summary>How many times it is to be run.</summary>
    public int Runs { get; }

    /// <summary>What this process was asked to repeat; null in an ordinary run of tests.</summary>
    public static RepeatedRun? FromEnvironment()
    {
        string? file = Environment.GetEnvironmentVariable(FileVariable);
        string[]? test = Environment.GetEnvironmentVariable(TestVariable)?.Split('|');
        return test is [{ Length: > 0 } className, string method]
            && int.TryParse(Environment.GetEnvironmentVariable(RunsVariable), NumberStyles.None, CultureInfo.InvariantCulture, out int runs)
            && !string.IsNullOrEmpty(file)
            ? new RepeatedRun(new GuardedTest(className, method.Length == 0 ? null : method), runs, file)
            : null;
    }

    /// <summary>Whether a test is one of those to be repeated.</summary>
    /// <param name="className">Full name of its class.</param>
    /// <param name="method">Its method.</param>
    public bool Selects(string className, string method) => className == Test.ClassName && (Test.Method is null || Test.Method == method);

    /// <summary>One run is over: settles the heap and hands on what the process holds.</summary>
    /// <returns>Whether there is to be a further run: not when all are done, nor after one in which a test failed or none ran.</returns>
    /// <param name="ran">Tests that ran in it.</param>
    /// <param name="failed">Those of them that failed.</param>
    public bool AfterRun(int ran, int failed)
    {
        SettledCollection.Settle(SettledCollection.DefaultDeadline);
        using ProcessView view = ProcessView.Open();
        Dictionary<string, long> counts = view.CountByMetric();
        counts[RanCount] = ran;
        counts[FailedCount] = failed;
        File.AppendAllText(_file, JsonSerializer.Serialize(counts, RepeatedRunJson.Default.DictionaryStringInt64) + "\n");
        return ++_done < Runs && ran > 0 && failed == 0;
    }

    internal const string RanCount = "ran";
    internal const string FailedCount = "failed";
}
