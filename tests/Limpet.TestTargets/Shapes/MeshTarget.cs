namespace Limpet.TestTargets;

/// <summary>N objects and 2.33 references to each: as dense as the heap of an ordinary program.</summary>
/// <remarks><code>
/// static MeshTarget.s_mesh ─→ Knot[N] ┬─→ Knot ─ Next ─→ the one after it, the last one's is the first      N Knots
///                                     └─→ every third Knot ─ Across ─→ the one as far from the end
/// </code></remarks>
internal sealed class MeshTarget(int count) : Target
{
    private static Knot[]? s_mesh;

    public override string Build()
    {
        Knot[] mesh = new Knot[count];
        for (int i = 0; i < count; i++)
        {
            mesh[i] = new Knot { Value = i, Weight = i, Height = i };
        }

        for (int i = 0; i < count; i++)
        {
            mesh[i].Next = mesh[(i + 1) % count];
            mesh[i].Across = i % 3 == 0 ? mesh[count - 1 - i] : null;
        }

        s_mesh = mesh;
        Settling.Settle();
        return $"total={count} Knot={count}";
    }

    private sealed class Knot
    {
        public Knot? Next;
        public Knot? Across;
        public long Value;
        public long Weight;
        public long Height;
    }
}
