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

    /// <summary>Whether a version lies in the range. Parts that the range does not write count as 0.</summary>
    public bool Contains(Version version) =>
        (From is null || version > From || (WithFrom && version == From)) && (To is null || version < To || (WithTo && version == To));

    private static Version? End(string text) => text.Trim().Length == 0 ? null : Version.Parse(text.Trim());
}
