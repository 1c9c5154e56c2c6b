using System.Collections.Immutable;
using Limpet.Cli.Hunting.Run;
using Limpet.Heap.Growth;
using Limpet.Resources;
using Limpet.Results;
using Limpet.Text;

namespace Limpet.Cli.Hunting.Findings;

/// <summary>What a leak is called: the user's type where there is one, else the resource by its target with the type that stands for it.</summary>
internal sealed class LeakSubjects(HuntEvidence evidence, ResourceWords words)
{
    public string Of(GrowthGroup group, FindingKind kind, Func<string, double> shareOf)
    {
        GrowthRoot? named = group.Roots.FirstOrDefault(GrowthGroups.IsNamed);
        if (kind == FindingKind.ThreadLeak && !(group.Lead.Container.IsUsers && GrowthGroups.IsNamed(group.Lead)))
        {
            string thread = words.Thread(words.StartOf(group, shareOf(Metric.Threads)), shareOf(Metric.Threads));
            return named is null ? thread : $"{thread} ({named.SubjectName})";
        }

        // What the user's own place holds is told by itself; a side of it only where nothing of the user's holds the leak.
        GrowthRoot? teller = group.Lead.Container.IsUsers && kind is FindingKind.ResourceLeak ? (GrowthGroups.IsNamed(group.Lead) ? group.Lead : null) : named;
        return teller?.SubjectName ?? kind switch
        {
            FindingKind.ResourceLeak when Target(group) is { } target => $"{Escaping.Show(target)} ({group.Lead.SubjectName})",
            FindingKind.TimerLeak when words.Timer(group) is { } callback => $"timer that calls {callback} ({group.Lead.SubjectName})",
            FindingKind.NativeLeak => $"native memory ({ResourceWords.Memory(LeakClaims.MakesCode(group) ? MemoryAreaKind.CodeAndTypes : evidence.LargestNativeGrowth())}) with {group.Lead.SubjectName}",
            _ => group.Lead.SubjectName,
        };
    }

    /// <summary>What the descriptors of a leak refer to.</summary>
    public string? Target(GrowthGroup group)
    {
        ImmutableArray<NamedCount> targets = words.Descriptors(CounterOwners.HoldsSockets(group, evidence.From));
        return targets.IsEmpty ? null : targets[0].Name;
    }
}
