using Limpet.Results;

namespace Limpet.Reporting.Text;

/// <summary>What reports of judged results begin with.</summary>
internal static class ReportWords
{
    /// <summary>The command, such as <c>limpet hunt</c>.</summary>
    public static string Command(JudgedResult result) => result.Schema[..result.Schema.IndexOf('/', StringComparison.Ordinal)].Replace('.', ' ');

    /// <summary>What was done, for how long and on what.</summary>
    public static string Work(JudgedResult result) => result switch
    {
        HuntResult hunt => HuntText.Work(hunt),
        WatchResult watch => WatchText.Work(watch),
        _ => throw new InvalidOperationException($"Bug in Limpet: no words for {result.Schema}."),
    };

    /// <summary>The numbers of a finding in one line.</summary>
    public static string Numbers(JudgedResult result, Finding finding) => result is WatchResult ? WatchText.Numbers(finding) : FindingNumbers.Of(finding);

    /// <summary>The share of one core that watching took.</summary>
    public static double CoreShare(WatchResult watch) => watch.DurationSeconds > 0 ? watch.Monitor.CpuSeconds / watch.DurationSeconds : 0;
}
