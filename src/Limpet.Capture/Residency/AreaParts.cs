using Limpet.Results;

namespace Limpet.Capture.Residency;

/// <summary>Divides one mapping among those who claim parts of it.</summary>
internal static class AreaParts
{
    /// <summary>The parts of a mapping, by address, each with one use; what nobody claims is left out. O(claims · log claims), as long as few of them overlap.</summary>
    /// <param name="start">First address of the mapping.</param>
    /// <param name="end">The address behind its last.</param>
    /// <param name="claims">Claims, which may overlap each other and the mapping.</param>
    public static List<ClaimedRange> Divide(ulong start, ulong end, IEnumerable<ClaimedRange> claims)
    {
        List<ClaimedRange> parts = [];
        foreach (IGrouping<int, ClaimedRange> rank in claims.GroupBy(claim => claim.Rank).OrderBy(group => group.Key))
        {
            List<ClaimedRange> added = [];
            int part = 0;
            ulong taken = start; // of this rank
            foreach (ClaimedRange claim in rank.OrderBy(claim => claim.Start))
            {
                ulong from = Math.Max(claim.Start, taken);
                ulong to = Math.Min(claim.End, end);
                while (from < to)
                {
                    while (part < parts.Count && parts[part].End <= from)
                    {
                        part++;
                    }

                    ulong free = part < parts.Count ? Math.Min(to, Math.Max(from, parts[part].Start)) : to;
                    if (free > from)
                    {
                        added.Add(claim with { Start = from, End = free });
                    }

                    from = part < parts.Count && parts[part].Start < to ? Math.Max(from, parts[part].End) : to;
                }

                taken = Math.Max(taken, to);
            }

            parts.AddRange(added);
            parts.Sort((left, right) => left.Start.CompareTo(right.Start));
        }

        return parts;
    }

    /// <summary>What lies between the parts.</summary>
    public static IEnumerable<(ulong Start, ulong End)> Between(ulong start, ulong end, IReadOnlyList<ClaimedRange> parts)
    {
        foreach (ClaimedRange part in parts)
        {
            if (part.Start > start)
            {
                yield return (start, part.Start);
            }

            start = Math.Max(start, part.End);
        }

        if (start < end)
        {
            yield return (start, end);
        }
    }
}
