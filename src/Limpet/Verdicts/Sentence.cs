using System.Globalization;

namespace Limpet.Verdicts;

/// <summary>Sentences made of numbers, in the invariant culture.</summary>
internal static class Sentence
{
    public static string Of(FormattableString text)
    {
        string sentence = text.ToString(CultureInfo.InvariantCulture);
        return char.ToUpperInvariant(sentence[0]) + sentence[1..] + ".";
    }

    public static string OfTooFew(int rounds, double operations, DriveMode mode, VerdictOptions options) => mode == DriveMode.Time
        ? Of($"too few rounds: {rounds} of {options.MinimumRounds}")
        : Of($"too few rounds: {rounds} of {options.MinimumRounds} rounds and {operations:0} of {options.MinimumOperations} operations");

    public static string OfGrowth(Judgement growth, GrowthEvidence evidence, DriveMode mode)
    {
        string dose = evidence.Dose is { } result ? Plain($"; {result.Expected:0.00} times the work brought {result.Measured:0.00} times the growth") : "";
        string seen = mode == DriveMode.Operations
            ? Plain($"; seen up to {growth.SeenUpToOperations} operations and for {Seconds(evidence.Seconds)}, a cap above that is not excluded")
            : Plain($"; seen for {Seconds(evidence.Seconds)}, a cap above that is not excluded");
        return evidence.ByTime
            ? Of($"+{growth.PerSecond:0.00} per second, driven or not, {growth.TotalGrowth:0.#} in {growth.RoundsJudged} rounds{dose}{seen}")
            : Of($"+{growth.PerOperation:0.00} per operation in {growth.GrowingRounds} of {growth.RoundsJudged} rounds, at least +{growth.WeakestPerOperation:0.00} in the weakest{dose}{seen}");
    }

    public static string OfReadings(double growth, int readings) =>
        Of($"it grew by {growth:0.#} over {readings} readings, the same with each, driven or not: the readings themselves leave it behind");

    public static string OfRepeat(double perOperation, double operations) => Plain($"; rounds of other sizes brought +{perOperation:0.00} in each of {operations:0} operations more.");

    public static string OfNoRepeat(Judgement growth) =>
        Of($"it grew by {growth.TotalGrowth:0.#} in {growth.RoundsJudged} rounds, and no reading after a round of another size could be taken: whether it follows the operations was not seen");

    public static string OfEcho(Judgement growth, double large, double due, double operations, double small, double silent) =>
        Of($"it grew by {growth.TotalGrowth:0.#} in {growth.RoundsJudged} rounds, and not with rounds of other sizes: by {large:0.#} in {operations:0} operations, where {due:0.#} was due, by {small:0.#} in rounds of a few, and by {silent:0.#} in silence; what earlier work left in the process may have done it");

    public static string OfObstacle(GrowthEvidence evidence, DriveMode mode, MetricNature nature, VerdictOptions options) => evidence.Obstacle switch
    {
        Obstacle.Short when evidence.Driven >= options.MinimumRounds && (mode == DriveMode.Time || evidence.Operations >= options.MinimumOperations) =>
            Of($"too short: it grew by {evidence.Net:0.#} through {evidence.Seconds:0} of {options.MinimumDuration.TotalSeconds:0} seconds"),
        Obstacle.Short when evidence.Driven >= options.MinimumRounds =>
            Of($"too few operations: it grew by {evidence.Net:0.#} through {evidence.Operations:0} of {options.MinimumOperations} operations and {evidence.Seconds:0} of {options.MinimumDuration.TotalSeconds:0} seconds"),
        Obstacle.Short => mode == DriveMode.Time
            ? Of($"too few rounds: it grew by {evidence.Net:0.#} through {evidence.Driven} of {options.MinimumRounds} rounds")
            : Of($"too few rounds: it grew by {evidence.Net:0.#} through {evidence.Driven} of {options.MinimumRounds} rounds and {evidence.Operations:0} of {options.MinimumOperations} operations"),
        Obstacle.Unsteady when nature == MetricNature.Bytes =>
            Of($"it grew by {evidence.Net:0} B, and one of {evidence.Driven} rounds brought {evidence.Jump:0} B of them beyond its share"),
        Obstacle.Unsteady when evidence.Still > 0 =>
            Of($"it grew by {evidence.Net:0.#} in steps: not at all in {evidence.Still} of {evidence.Driven} rounds in which it was due"),
        Obstacle.Unsteady => Of($"it grew by {evidence.Net:0.#} unsteadily: {Rate(evidence)}, but only {Plain($"+{evidence.Weakest:0.00}")} in the weakest window, and {evidence.Dose!.Expected:0.00} times the work brought {evidence.Dose.Measured:0.00} times the growth"),
        Obstacle.InUse when evidence.InUse!.Value.IsCause == true =>
            Of($"it grew by {evidence.Net:0.#} with the time in use, not with the operations: +{evidence.Net / evidence.Seconds:0.00} per second through {evidence.Seconds:0} of {options.LongestWindow.TotalSeconds:0} seconds; what opens by time may close by time, and a longer run would tell"),
        Obstacle.InUse =>
            Of($"it grew by {evidence.Net:0.#} in {evidence.Operations:0} operations and {Seconds(evidence.Seconds)}, and silence between the operations did not tell which of the two it follows"),
        Obstacle.NoIdle => Of($"it grew by {evidence.Net:0.#} in {Seconds(evidence.Seconds)}, and too little of that time had nothing driven"),
        Obstacle.NoDose => Of($"dose not confirmed: it grew by {evidence.Net:0.#} in {evidence.Driven} rounds, and no stretch with twice the work could be compared"),
        Obstacle.DoseOff => Of($"dose not confirmed: {evidence.Dose!.Expected:0.00} times the work brought {evidence.Dose.Measured:0.00} times the growth"),
        Obstacle.Fading when evidence.Dose is { Confirmed: false } dose => Of($"dose not confirmed: {dose.Expected:0.00} times the work brought {dose.Measured:0.00} times the growth; it grew by {evidence.Net:0.#} in {evidence.Driven} rounds, and a cap is not excluded"),
        Obstacle.Fading => Of($"it grew by {evidence.Net:0.#} in {evidence.Driven} rounds, and more slowly than before; a cap is not excluded"),
        _ => throw new InvalidOperationException($"Bug in Limpet: no sentence for {evidence.Obstacle}."),
    };

    private static string Rate(GrowthEvidence evidence) => evidence.ByTime
        ? Plain($"+{evidence.Net / evidence.Seconds:0.00} per second")
        : Plain($"+{evidence.Net / evidence.Operations:0.00} per operation");

    private static string Seconds(double seconds) => Plain($"{seconds:0} {(Math.Round(seconds) == 1 ? "second" : "seconds")}");

    private static string Plain(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
