using System.Text.Json;
using Limpet.Results;

namespace Limpet.Reporting.Json;

/// <summary>Writes what results with a verdict have in common.</summary>
internal static class JudgedJson
{
    /// <summary>What stands before the warnings.</summary>
    public static void WriteVerdict(Utf8JsonWriter json, JudgedResult result)
    {
        json.WriteString("verdict", result.Verdict.ToString());
        json.WriteString("reason", result.Reason);
    }

    /// <summary>What stands after them.</summary>
    public static void WriteFindings(Utf8JsonWriter json, JudgedResult result)
    {
        json.Objects("budgets", result.Budgets, Budget);
        json.Objects("findings", result.Findings, FindingJson.Write);
    }

    private static void Budget(Utf8JsonWriter json, BudgetResult budget)
    {
        json.WriteString("name", budget.Name);
        json.Number("limit", budget.Limit);
        json.OptionalNumber("measured", budget.Measured);
        json.WriteBoolean("broken", budget.Broken);
    }
}
