namespace Limpet.Heap.Holders;

/// <summary>Names the C# compiler makes: <c>&lt;origin&gt;role</c>, where the origin may itself be such a name.</summary>
internal static class GeneratedName
{
    public static (string Origin, string Role)? Split(string name)
    {
        int close = name.StartsWith('<') ? CloseOf(name, 0) : -1;
        return close < 0 ? null : (name[1..close], name[(close + 1)..]);
    }

    /// <summary>Index of the bracket that closes the one at <paramref name="open"/>; -1 when none does.</summary>
    public static int CloseOf(string text, int open)
    {
        int depth = 0;
        for (int at = open; at < text.Length; at++)
        {
            depth += text[at] switch { '<' => 1, '>' => -1, _ => 0 };
            if (depth == 0)
            {
                return at;
            }
        }

        return -1;
    }
}
