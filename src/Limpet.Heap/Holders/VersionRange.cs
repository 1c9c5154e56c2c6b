namespace Limpet.Heap.Holders;

/// <summary>A range of versions as packages write it: <c>[8.0,10.0)</c> is from 8.0 up to, and without, 10.0; an empty end is open.</summary>
internal readonly record struct VersionRange(Version? From, bool WithFrom, Version? To, bool WithTo)
{
    /// <summary>Reads a range.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static VersionRange Parse(string text)
    {
        string[] ends = text.Length > 2 && text[0] is '[' or '(' && text[^1] is ']' or ')' ? text[1..^1].Split(',') : [];
        return ends.Length == 2
            ? new VersionRange(End(ends[0]), text[0] == '[', End(ends[1]), text[^1] == ']')
            : throw new FormatException($"'{text}' is no range of versions such as [8.0,10.0).");
    }

    /// <summary>Whether a version lies in the range. Parts that are not written count as 0.</summary>
    public bool Contains(Version version)
    {
        Version whole = Whole(version);
        return (From is null || whole > From || (WithFrom && whole == From)) && (To is null || whole < To || (WithTo && whole == To));
    }

    private static Version? End(string text) => text.Trim().Length == 0 ? null : Whole(Version.Parse(text.Trim()));

    // A part that is not written compares as less than 0.
    private static Version Whole(Version version) => new(version.Major, version.Minor, Math.Max(0, version.Build), Math.Max(0, version.Revision));
}
