using System.Globalization;
using Limpet.Cli.Hunting.Run;
using Limpet.Resources;
using Limpet.Results;
using Limpet.Text;

namespace Limpet.Cli.Hunting.Findings;

/// <summary>Descriptors that stay open until a finalizer closes them: there right after the operations, gone after the collections, round after round.</summary>
internal sealed class DelayedFindings(HuntEvidence evidence)
{
    private const int FewestRounds = 3;
    private const double FewestHeld = 5;
    private const double FewestPerOperation = 0.1;

    /// <summary>In all rounds together: a round of three operations that leave one each is no evidence, many such are.</summary>
    private const double FewestInAll = 20;

    public IEnumerable<Finding> All()
    {
        var rounds = evidence.Log.History.Rounds.Zip(evidence.Log.Readings)
            .Skip(evidence.Log.Baseline + 1)
            .Where(entry => entry.First.Operations > 0)
            .Select(entry => (entry.First.Operations, Held: (double)((entry.Second.Immediate.DescriptorCount - entry.Second.Settled.DescriptorCount) ?? 0)))
            .ToArray();
        if (!evidence.Collects || rounds.Length < FewestRounds || evidence.Run.Counters.GetValueOrDefault(Metric.Descriptors) is { Grows: true }
            || rounds.Count(round => round.Held >= Math.Max(Math.Min(FewestHeld, round.Operations), round.Operations * FewestPerOperation)) < Math.Max(FewestRounds, rounds.Length / 2)
            || rounds.Sum(round => round.Held) < FewestInAll)
        {
            yield break;
        }

        // The program's own collections close some in the course of a long round: what the best rounds show is nearest to what an operation leaves.
        double perOperation = rounds.Select(round => round.Held / round.Operations).Order().ElementAt(rounds.Length * 3 / 4);
        ProcessReading immediate = evidence.Last.Immediate, settled = evidence.Last.Settled;
        NamedCount? most = DescriptorGroups.Of(DescriptorGroups.Added(settled.Descriptors ?? [], immediate.Descriptors ?? []), evidence.Sockets).FirstOrDefault();
        string subject = most is null ? "descriptor" : Escaping.Show(most.Name);
        yield return new Finding
        {
            Kind = FindingKind.DelayedResource,
            Subject = subject,
            Signature = "delayed:" + Metric.Descriptors,
            PerOperation = new Amount(Math.Round(perOperation, 4), null),
            Readings = new Readings(immediate.DescriptorCount, null, settled.DescriptorCount),
            Hint = "dispose what opened them, such as the stream, the handle or the response, when the operation ends",
            SeenUpToOperations = evidence.Log.History.Operations.Done,
            Confidence = string.Create(
                CultureInfo.InvariantCulture,
                $"about {perOperation:0.00} descriptors per operation were open right after the operations and closed after the collections, in {rounds.Count(round => round.Held > 0)} of {rounds.Length} rounds: a finalizer closes them, or the program does so late"),
        };
    }
}
