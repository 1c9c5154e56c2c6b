namespace Limpet.TestTargets;

/// <summary>One array with N references: the widest object that a search can meet. On the large object heap from 10,622 elements on.</summary>
/// <remarks><code>
/// static BigArrayTarget.s_array ─→ Element[N] ┬[0]→ Element                       1 Element[], N Elements
///                                             └[…]→ Element
/// </code></remarks>
internal sealed class BigArrayTarget(int length) : Target
{
    private static Element[]? s_array;

    public override string Build()
    {
        s_array = new Element[length];
        for (int i = 0; i < length; i++)
        {
            s_array[i] = new Element { Value = i };
        }

        return $"Element[]=1 Element={length}";
    }

    internal sealed class Element
    {
        public long Value;
    }
}
