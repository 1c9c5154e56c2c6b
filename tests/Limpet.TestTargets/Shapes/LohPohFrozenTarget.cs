namespace Limpet.TestTargets;

/// <summary>Objects outside the ordinary generations.</summary>
/// <remarks><code>
/// static s_large     ─→ byte[100_000] × 3                                  large object heap
/// static s_largeRefs ─→ LargeCargo[20_000] × 2 ─→ LargeCargo               40,000 LargeCargo, arrays on the large object heap
/// static s_pinned    ─→ byte[512] × 5                                      pinned object heap
/// static s_pinnedRefs─→ PinnedCargo[8] × 2 ─→ PinnedCargo                  16 PinnedCargo, arrays on the pinned object heap
/// static s_literal   ─→ "a literal in the frozen segment"                  non-GC heap (.NET 8 and later)
/// static s_type      ─→ RuntimeType of this class                          non-GC heap (.NET 8 and later)
/// </code></remarks>
internal sealed class LohPohFrozenTarget : Target
{
    private static byte[][]? s_large;
    private static LargeCargo[][]? s_largeRefs;
    private static byte[][]? s_pinned;
    private static PinnedCargo[][]? s_pinnedRefs;
    private static string? s_literal;
    private static Type? s_type;

    public override string Build()
    {
        s_large = [new byte[100_000], new byte[100_000], new byte[100_000]];
        s_largeRefs = [new LargeCargo[20_000], new LargeCargo[20_000]];
        foreach (LargeCargo[] cargo in s_largeRefs)
        {
            for (int i = 0; i < cargo.Length; i++)
            {
                cargo[i] = new LargeCargo();
            }
        }

        s_pinned = [.. Enumerable.Range(0, 5).Select(_ => GC.AllocateArray<byte>(512, pinned: true))];
        s_pinnedRefs = [GC.AllocateArray<PinnedCargo>(8, pinned: true), GC.AllocateArray<PinnedCargo>(8, pinned: true)];
        foreach (PinnedCargo[] cargo in s_pinnedRefs)
        {
            for (int i = 0; i < cargo.Length; i++)
            {
                cargo[i] = new PinnedCargo();
            }
        }

        s_literal = "a literal in the frozen segment";
        s_type = typeof(LohPohFrozenTarget);
        Settling.Settle();
        GC.KeepAlive(s_literal);
        GC.KeepAlive(s_type);
        return "Byte[100000]=3 LargeCargo[]=2 LargeCargo=40000 Byte[512]=5 PinnedCargo[]=2 PinnedCargo=16";
    }

    internal sealed class LargeCargo;

    internal sealed class PinnedCargo;
}
