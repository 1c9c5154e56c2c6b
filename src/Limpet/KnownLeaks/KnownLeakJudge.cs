using System.Globalization;
using System.Reflection;
using Limpet.Checks;
using Limpet.Results;

namespace Limpet.KnownLeaks;

/// <summary>Holds what a test did against the leak that it declares. Being clean is no less a failure than leaking for another reason.</summary>
public static class KnownLeakJudge
{
    /// <summary>Judges a test.</summary>
    /// <param name="leak">What it declares.</param>
    /// <param name="thrown">What it threw; null when it passed.</param>
    /// <param name="today">The day.</param>
    public static KnownLeakOutcome Judge(KnownLeak leak, Exception? thrown, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(leak);
        if (thrown is null)
        {
            return new KnownLeakOutcome(KnownLeakStatus.Fixed, $"fixed: remove the mark. {leak} declares a leak, and the test found none.");
        }

        if (Unwrap(thrown) is not LeakException { Result: { } result })
        {
            return new KnownLeakOutcome(KnownLeakStatus.Error, $"{leak} declares a leak, and the test threw something else: {thrown.Message}") { Thrown = thrown };
        }

        KnownLeakOutcome outcome = Compare(leak, result) with { Thrown = Unwrap(thrown) };
        return outcome.Passes && leak.Until < today
            ? outcome with { Status = KnownLeakStatus.Expired, Message = $"{leak} was accepted until {leak.Until.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}. Mend the leak, or give it a new day.\n{outcome.Thrown!.Message}" }
            : outcome;
    }

    private static KnownLeakOutcome Compare(KnownLeak leak, CheckResult result)
    {
        string report = CheckReport.Write(result);
        if (result.Verdict == Verdict.Hang)
        {
            return new KnownLeakOutcome(KnownLeakStatus.OtherReason, $"hangs, which is another reason than {leak} declares: {result.Reason}\n{report}");
        }

        if (result.Verdict != Verdict.Leak)
        {
            return new KnownLeakOutcome(KnownLeakStatus.NotProven, $"{leak} is not proven: the check says {result.Verdict}. {result.Reason}\n{report}");
        }

        Finding[] leaks = [.. result.Findings.Where(finding => FindingKinds.Implies(finding.Kind) == Verdict.Leak)];
        Finding[] ofType = [.. leaks.Where(finding => leak.Type is null || Names(finding).Any(name => LeakingType.IsNamed(name, leak.Type)))];
        if (leak.Holder is not null && ofType.Length > 0 && ofType.All(finding => finding.Holder is null))
        {
            return new KnownLeakOutcome(
                KnownLeakStatus.NotProven, $"{leak} is not proven: nothing says what holds it. {result.NoTraceReason ?? "The findings have no trace."}\n{report}");
        }

        Finding[] declared = [.. ofType.Where(finding => leak.Holder is null || Holds(finding, leak.Holder))];
        if (declared.Length == 0 && ofType.Length > 0 && leak.Holder is not null && result.TraceWay == CaptureWay.EventPipe)
        {
            return new KnownLeakOutcome(KnownLeakStatus.NotProven, $"{leak} is not proven: the traces come from events, which name no members. Run the test where its memory can be read.\n{report}");
        }

        Finding[] others = [.. leaks.Except(declared).Where(finding => finding.Holder is not null || declared.Length == 0)];
        return declared.Length > 0 && others.Length == 0
            ? new KnownLeakOutcome(KnownLeakStatus.AsDeclared, $"{leak} is there as declared: {string.Join("; ", declared.Select(Say))}.")
            : new KnownLeakOutcome(
                KnownLeakStatus.OtherReason,
                $"leaks for another reason{(declared.Length > 0 ? " too" : "")} than {leak} declares: {string.Join("; ", (others.Length > 0 ? others : leaks).Select(Say).DefaultIfEmpty(result.Reason))}.\n{report}");
    }

    private static IEnumerable<string> Names(Finding finding)
    {
        yield return finding.Subject;
        if (finding.Holder is { Path: [.., var last] })
        {
            yield return last.Type;
            if (last.FullType is not null)
            {
                yield return last.FullType;
            }
        }
    }

    private static bool Holds(Finding finding, string words) =>
        finding.Holder is { } holder
        && (holder.Root.Name.Contains(words, StringComparison.Ordinal)
            || holder.Path.Any(element => $"{element.FullType ?? element.Type}.{element.Member}".Contains(words, StringComparison.Ordinal)
                || $"{element.Type}.{element.Member}".Contains(words, StringComparison.Ordinal)
                || element.Meaning?.Contains(words, StringComparison.Ordinal) == true));

    private static string Say(Finding finding) =>
        $"{finding.Kind} {finding.Subject}{(finding.Holder is { } holder ? $", held by {holder.Root.Name}" : "")}";

    /// <summary>What a test framework or a task has put around the exception of the test.</summary>
    private static Exception Unwrap(Exception thrown) => thrown switch
    {
        TargetInvocationException { InnerException: { } inner } => Unwrap(inner),
        AggregateException { InnerExceptions: [var only] } => Unwrap(only),
        _ => thrown,
    };
}
