namespace Limpet.Cli.Hunting.Options;

/// <summary>The known name that somebody probably meant.</summary>
internal static class NearestName
{
    /// <summary>The nearest of <paramref name="known"/> by edit distance; null when none is near. Case, dashes and underscores do not count.</summary>
    public static string? Of(string name, IEnumerable<string> known)
    {
        // A hostile key may be long; nothing known is.
        if (name.Length > 40)
        {
            return null;
        }

        string plain = Plain(name);
        (string? nearest, int distance) = known
            .Select(candidate => ((string?)candidate, Distance(plain, Plain(candidate))))
            .DefaultIfEmpty((null, int.MaxValue))
            .MinBy(pair => pair.Item2);
        return distance <= Math.Max(1, plain.Length / 3) ? nearest : null;
    }

    private static string Plain(string name) =>
        name.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).ToUpperInvariant();

    private static int Distance(string left, string right)
    {
        int[] row = [.. Enumerable.Range(0, right.Length + 1)];
        for (int i = 1; i <= left.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int replaced = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[right.Length];
    }
}
