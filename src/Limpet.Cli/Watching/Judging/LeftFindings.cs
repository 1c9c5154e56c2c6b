using System.Collections.Immutable;
using System.Globalization;
using Limpet.Cli.Watching.Phases;
using Limpet.Cli.Watching.Tree;
using Limpet.Resources;
using Limpet.Results;
using Limpet.Text;

namespace Limpet.Cli.Watching.Judging;

/// <summary>Makes findings of claims about things that were left, and gives the things their names.</summary>
internal static class LeftFindings
{
    private const int MostGroups = 5;

    /// <summary>The finding of a claim.</summary>
    public static Finding Of(LeftClaim claim, IReadOnlyList<Phase> phases, bool redact)
    {
        ImmutableArray<NamedCount> groups = Names(claim.Things, redact);
        int total = claim.Things.Length;
        double seconds = phases.Sum(phase => phase.Duration.TotalSeconds);
        var counts = claim.Phases.Select(phase => (phase, claim.Things.Count(thing => thing.Phase == phase).ToString(CultureInfo.InvariantCulture)));
        string still = claim.Class is LeftClass.Thread or LeftClass.Child ? "still run" : claim.Class is LeftClass.Zombie ? "nobody has waited for" : "are still open";
        string reason = claim.ByTime
            ? string.Create(CultureInfo.InvariantCulture, $"{total} that {still} at the end came with time and not with phases: {total / seconds:0.00} per second in all {phases.Count} phases")
            : string.Create(CultureInfo.InvariantCulture, $"{claim.Phases.Length} of {phases.Count} phases left {total} that {still} at the end: {PhaseNames.List(phases, counts)}");
        return new Finding
        {
            Kind = claim.Class == LeftClass.Thread ? FindingKind.ThreadLeak : FindingKind.ResourceLeak,
            Subject = Escaping.Show(groups[0].Name),
            Signature = $"watch:{claim.Class}:{string.Join(" + ", groups.Select(group => NamePattern.Of(group.Name)).Distinct().Order(StringComparer.Ordinal))}", // all: another leak must not hide behind an accepted one
            Retained = new Amount(total, null),
            PerOperation = claim.ByTime ? null : new Amount((double)total / phases.Count, null),
            PerSecond = claim.ByTime ? new Amount(total / seconds, null) : null,
            SeenUpToOperations = phases.Count,
            Confidence = reason,
            Related = groups.Length == 1 ? [] : [.. groups.Take(MostGroups).Select(group => new RelatedGrowth(MetricOf(claim.Class), Math.Round((double)group.Count / phases.Count, 4)) { Detail = group.Name })],
        };
    }

    /// <summary>What the things are called, the most first.</summary>
    public static ImmutableArray<NamedCount> Names(IReadOnlyCollection<LeftThing> things, bool redact)
    {
        Item[] descriptors = [.. things.Select(thing => thing.Item).Where(item => item.Descriptor is not null)];
        NamedCount Common(IGrouping<string, LeftThing> group) =>
            new(group.Select(thing => NameOf(thing, redact)).Distinct().Count() == 1 ? NameOf(group.First(), redact) : group.Key, group.Count());

        return
        [
            .. DescriptorGroups.Of([.. descriptors.Select(item => item.Descriptor!)], Sockets(descriptors))
                .Concat(things.Where(thing => thing.Item.Descriptor is null).GroupBy(thing => NamePattern.Of(NameOf(thing, redact))).Select(Common))
                .OrderByDescending(group => group.Count).ThenBy(group => group.Name, StringComparer.Ordinal),
        ];
    }

    /// <summary>The metric that counts things of a kind.</summary>
    public static string MetricOf(LeftClass kind) => kind switch
    {
        LeftClass.Thread => "threads",
        LeftClass.Child or LeftClass.Zombie => "children",
        _ => "fds",
    };

    private static string NameOf(LeftThing thing, bool redact)
    {
        string command = redact ? string.Join(' ', Redaction.CommandLine(thing.Item.Command.Take(4))) : thing.Item.Name;
        return thing.Class switch
        {
            LeftClass.Thread => $"thread \"{thing.Item.Name}\"",
            LeftClass.Zombie => $"zombie \"{command}\"",
            _ => $"process \"{command}\"",
        };
    }

    private static Dictionary<long, SocketInfo> Sockets(IEnumerable<Item> items)
    {
        Dictionary<long, SocketInfo> sockets = [];
        foreach (Item item in items.Where(item => item.Socket is not null))
        {
            if (long.TryParse(item.Descriptor!.Target.AsSpan("socket:".Length).Trim("[]"), NumberStyles.None, CultureInfo.InvariantCulture, out long inode))
            {
                sockets[inode] = item.Socket!;
            }
        }

        return sockets;
    }
}
