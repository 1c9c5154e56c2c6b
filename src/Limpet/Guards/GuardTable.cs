using System.Globalization;
using System.Text;
using Limpet.Results;
using Limpet.Text;

namespace Limpet.Guards;

/// <summary>The table "which test left what".</summary>
public static class GuardTable
{
    private const int MostLines = 40;
    private const int LongestName = 200;

    /// <summary>Tells what a guard saw, in lines of text.</summary>
    /// <param name="result">What it saw.</param>
    public static string Of(GuardResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"leak guard  {result.Verdict}: {result.Reason}\n");
        text.Append(CultureInfo.InvariantCulture, $"            {Count(result.Tests, "test")} in {Count(result.Classes.Length, "class", "classes")}, {Count(result.Readings.Length, "settled reading")}");
        text.Append(CultureInfo.InvariantCulture, $", {(result.Tests == 0 ? 0 : result.Overhead.TotalMilliseconds / result.Tests):0.00} ms a test\n");
        if (result.Readings is [var first, .., var last])
        {
            text.Append(CultureInfo.InvariantCulture, $"            live managed bytes {first.ManagedBytes} before the tests, {last.ManagedBytes} after; threads {Change(first.Threads, last.Threads)}, descriptors {Change(first.Descriptors, last.Descriptors)}\n");
        }

        (string Left, string Status, string Test)[] lines = [.. result.Left.Take(MostLines).Select(left => (WhatOf(left), StatusOf(left), TestOf(left)))];
        int whatWidth = lines.Select(line => line.Left.Length).DefaultIfEmpty().Max();
        int statusWidth = lines.Select(line => line.Status.Length).DefaultIfEmpty().Max();
        foreach ((string left, string status, string test) in lines)
        {
            text.Append("  ").Append(left.PadRight(whatWidth)).Append("  ").Append(status.PadRight(statusWidth)).Append("  ").Append(test).Append('\n');
        }

        if (result.Left.Length > MostLines)
        {
            text.Append(CultureInfo.InvariantCulture, $"  and {result.Left.Length - MostLines} more, all in the summary file\n");
        }

        return text.ToString();
    }

    /// <summary>Writes the table to standard output itself: test frameworks keep what is written to <see cref="Console.Out"/> for a test, and no test runs.</summary>
    /// <param name="result">What the guard saw.</param>
    public static void Print(GuardResult result)
    {
        using Stream output = Console.OpenStandardOutput();
        output.Write(Encoding.UTF8.GetBytes(Of(result)));
    }

    private static string WhatOf(LeftBehind left) => left.Kind == FindingKind.ManagedLeak
        ? $"{new ByteSize(left.Count)} {left.What}"
        : $"{left.Count.ToString(CultureInfo.InvariantCulture)} {Escaping.Show(left.What, LongestName)}";

    private static string StatusOf(LeftBehind left) => left.Status switch
    {
        LeftStatus.Confirmed => $"LEAK: {left.Dose!.Runs} runs alone left {Grown(left, left.Dose.Growth)}, {left.Dose.DoubledRuns} left {Grown(left, left.Dose.DoubledGrowth)}",
        LeftStatus.FirstUseOnly => $"first use only: {left.Dose!.Runs + left.Dose.DoubledRuns} more runs alone left {Grown(left, left.Dose.Growth + left.Dose.DoubledGrowth)}",
        LeftStatus.ReleasedLater => "released before the end of the run",
        LeftStatus.NotConfirmed => $"not confirmed: {Escaping.Show(left.Note ?? "", LongestName)}",
        _ => left.Note is null ? "suspect" : $"suspect: {left.Note}",
    };

    private static string Grown(LeftBehind left, long growth) => left.Kind == FindingKind.ManagedLeak
        ? new ByteSize(growth).ToString()
        : growth.ToString(CultureInfo.InvariantCulture);

    private static string TestOf(LeftBehind left) =>
        left.Culprit is { } culprit ? culprit.ToString()
        : left.Tests.IsEmpty ? "(no test to name)"
        : left.Shared ? $"one of {string.Join(", ", left.Tests.Take(3))}{(left.Tests.Length > 3 ? $" and {left.Tests.Length - 3} more" : "")}, which {(left.Kind == FindingKind.ManagedLeak ? "share a reading" : "ran at the same time")}"
        : left.Tests[0].ToString();

    private static string Change(int? before, int? after) => before is null || after is null ? "not read" : string.Create(CultureInfo.InvariantCulture, $"{before} and {after}");

    private static string Count(int count, string one, string? many = null) =>
        $"{count.ToString(CultureInfo.InvariantCulture)} {(count == 1 ? one : many ?? one + "s")}";
}
