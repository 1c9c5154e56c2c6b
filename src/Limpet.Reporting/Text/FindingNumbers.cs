using Limpet.Results;

namespace Limpet.Reporting.Text;

/// <summary>The numbers of a finding in one line. A claim whose count is 0 is never shown as confirmed.</summary>
internal static class FindingNumbers
{
    /// <summary>Whether the finding counts something that is there: without it nothing about it is confirmed.</summary>
    public static bool HasEvidence(Finding finding) => finding.Kind.Implies() switch
    {
        Verdict.Hang => true,
        Verdict.Delayed => finding.Readings is { Immediate: > 0 } or { Natural: > 0 } || Positive(finding.Retained), // gone in the end
        _ => Positive(finding.Retained) || (finding.Retained?.Count is null && (Positive(finding.PerOperation) || Positive(finding.PerSecond))),
    };

    /// <summary>Such as <c>91 retained, +1.00 per operation, 127 KiB</c>.</summary>
    public static string Of(Finding finding)
    {
        List<string> parts = [];
        if (finding.Retained?.Count is { } count)
        {
            parts.Add($"{Words.Count(count)} retained");
        }

        Rate(parts, finding.PerOperation, "per operation");
        Rate(parts, finding.PerSecond, "per second");
        if (finding.Retained?.Bytes is { } bytes)
        {
            parts.Add(Words.Bytes(bytes));
        }

        if (!HasEvidence(finding) && finding.Status != FindingStatus.Fixed)
        {
            parts.Add("not confirmed");
        }

        return string.Join(", ", parts);
    }

    private static void Rate(List<string> parts, Amount? rate, string per)
    {
        if (rate?.Count is { } count)
        {
            parts.Add($"{Words.Rate(count)} {per}");
        }
        else if (rate?.Bytes is { } bytes)
        {
            parts.Add($"{Words.SignedBytes(bytes)} {per}");
        }
    }

    private static bool Positive(Amount? amount) => amount is not null && (amount.Count ?? amount.Bytes ?? 0) > 0;
}
