using System.Collections.Immutable;
using System.Text.Json;
using Limpet.Results;
using Limpet.Tool;
using Limpet.Verdicts;

namespace Limpet.Checks;

/// <summary>
/// More rounds, in which the tool captures the heap after each: objects are counted exactly, by type and by what holds them. What other threads of the process
/// do, which makes bytes noisy, does not disturb these counts.
/// </summary>
internal sealed class ExactRounds(ToolSession session, CheckRounds rounds)
{
    /// <summary>How much evidence exact counts need beside that of the rounds before.</summary>
    public static VerdictOptions OptionsOf(LeakCheckOptions options) => CheckJudge.OptionsOf(options) with { Warmup = 1, MinimumRounds = 5, MinimumOperations = 5 * options.Operations };

    /// <summary>Runs the rounds and asks for the verdict.</summary>
    /// <exception cref="LimpetException">The tool refuses or ends.</exception>
    public ExactAnswer Run()
    {
        rounds.Run(round => Read(round));
        JsonElement growth = session.Ask(json => Judged(json, "growth"));
        bool looksLikeALeak = growth.GetProperty("grows").GetBoolean() && rounds.Hang is null;
        if (looksLikeALeak)
        {
            rounds.Repeat(growth.TryGetProperty("slowest", out JsonElement slowest) ? slowest.GetDouble() : null, round => Read(round));
        }

        JsonElement answer = session.Ask(json => Judged(json, "judge"));
        ImmutableArray<(Finding Finding, string Text)> findings = FindingReader.Read(answer);
        return new ExactAnswer(
            Enum.Parse<Verdict>(answer.GetProperty("verdict").GetString()!),
            answer.GetProperty("reason").GetString()!,
            [.. findings.Select(finding => finding.Finding)],
            [.. findings.Select(finding => finding.Text)],
            Sentences(answer, "warnings"),
            Sentences(answer, "blindSpots"),
            looksLikeALeak);
    }

    /// <summary>Sentences of the tool; none where it is too old to have any of this kind.</summary>
    private static ImmutableArray<string> Sentences(JsonElement answer, string name) =>
        answer.TryGetProperty(name, out JsonElement sentences) ? [.. sentences.EnumerateArray().Select(sentence => sentence.GetString()!)] : [];

    private void Judged(Utf8JsonWriter json, string what)
    {
        json.WriteString("do", what);
        json.WriteBoolean("budgetUsedUp", rounds.BudgetUsedUp);
    }

    private Judgement[] Read(Round round)
    {
        JsonElement answer = session.Ask(json =>
        {
            json.WriteString("do", "round");
            json.WriteString("kind", round.Kind.ToString());
            json.WriteNumber("operations", round.Operations);
            json.WriteNumber("failed", round.Failed);
            json.WriteNumber("atSeconds", round.At.TotalSeconds);
            json.WriteNumber("durationSeconds", round.Duration.TotalSeconds);
            json.WriteNumber("warmup", rounds.VerdictOptions.Warmup);
            json.WriteNumber("minimumRounds", rounds.VerdictOptions.MinimumRounds);
            json.WriteNumber("minimumOperations", rounds.VerdictOptions.MinimumOperations);
        });
        return answer.GetProperty("needsMoreRounds").GetBoolean()
            ?
            [
                new Judgement
                {
                    Metric = "objects",
                    Shape = GrowthShape.Undecided,
                    Reason = "",
                    NeedsMoreRounds = true,
                    Wanted = answer.TryGetProperty("wanted", out JsonElement wanted) ? Enum.Parse<RoundKind>(wanted.GetString()!) : null,
                    WantsSilence = answer.TryGetProperty("wantsSilence", out JsonElement silence) && silence.GetBoolean(),
                },
            ]
            : [];
    }
}
