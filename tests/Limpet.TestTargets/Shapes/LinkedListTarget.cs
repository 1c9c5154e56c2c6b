namespace Limpet.TestTargets;

/// <summary>A chain of N objects: the longest path that a search can meet.</summary>
/// <remarks><code>
/// static LinkedListTarget.s_head ─→ Link ─Next→ Link ─Next→ … ─Next→ Link        N Links
/// </code></remarks>
internal sealed class LinkedListTarget(int length) : Target
{
    private static Link? s_head;

    public override string Build()
    {
        for (int i = 0; i < length; i++)
        {
            s_head = new Link { Next = s_head, Value = i };
        }

        return $"Link={length}";
    }

    internal sealed class Link
    {
        public Link? Next;
        public int Value;
    }
}
