using System.Runtime.CompilerServices;

namespace Limpet.TestTargets;

/// <summary>References inside structs inside arrays: the repeating series of a GC descriptor.</summary>
/// <remarks><code>
/// static s_pairs   ─→ Pair[100]            { A, n, B }              200 PairLeaf
/// static s_nested  ─→ Nested[50]           { long, Pair{A,n,B}, C } 150 NestedLeaf
/// static s_generic ─→ Wrapper&lt;Leaf&gt;[30]    { T, Extra }              60 WrapperLeaf
/// static s_deep    ─→ Wrapper&lt;Pair&gt;[20]    { Pair{A,n,B}, Extra }    60 DeepLeaf
/// static s_inline  ─→ Inline4[10]          { 4 references in line }  40 InlineLeaf
/// static s_grid    ─→ Pair[3,4]            rank 2                    24 GridLeaf
/// static s_map     ─→ KeyValuePair&lt;string, MapLeaf&gt;[10]              10 MapLeaf, 10 strings
/// static s_numbers ─→ Plain[1000]          no references at all
/// static s_holder  ─→ Holder { Nested }    a struct inside an object  3 HolderLeaf
/// </code></remarks>
internal sealed class ArrayOfStructsTarget : Target
{
    private static Pair[]? s_pairs;
    private static Nested[]? s_nested;
    private static Wrapper<object>[]? s_generic;
    private static Wrapper<Pair>[]? s_deep;
    private static Inline4[]? s_inline;
    private static Pair[,]? s_grid;
    private static KeyValuePair<string, MapLeaf>[]? s_map;
    private static Plain[]? s_numbers;
    private static Holder? s_holder;

    public override string Build()
    {
        s_pairs = Filled(100, i => new Pair(new PairLeaf(), i, new PairLeaf()));
        s_nested = Filled(50, i => new Nested(i, new Pair(new NestedLeaf(), i, new NestedLeaf()), new NestedLeaf()));
        s_generic = Filled(30, _ => new Wrapper<object>(new WrapperLeaf(), new WrapperLeaf()));
        s_deep = Filled(20, i => new Wrapper<Pair>(new Pair(new DeepLeaf(), i, new DeepLeaf()), new DeepLeaf()));
        s_inline = Filled(10, _ => FourLeaves());
        s_grid = new Pair[3, 4];
        for (int row = 0; row < 3; row++)
        {
            for (int column = 0; column < 4; column++)
            {
                s_grid[row, column] = new Pair(new GridLeaf(), row, new GridLeaf());
            }
        }

        s_map = Filled(10, i => KeyValuePair.Create($"key {i}", new MapLeaf()));
        s_numbers = Filled(1_000, i => new Plain(i, i));
        s_holder = new Holder(new Nested(1, new Pair(new HolderLeaf(), 2, new HolderLeaf()), new HolderLeaf()));
        return "PairLeaf=200 NestedLeaf=150 WrapperLeaf=60 DeepLeaf=60 InlineLeaf=40 GridLeaf=24 MapLeaf=10 HolderLeaf=3";
    }

    private static T[] Filled<T>(int length, Func<int, T> make) => [.. Enumerable.Range(0, length).Select(make)];

    private static Inline4 FourLeaves()
    {
        Inline4 leaves = default;
        for (int i = 0; i < 4; i++)
        {
            leaves[i] = new InlineLeaf();
        }

        return leaves;
    }

    internal readonly record struct Pair(object A, int Number, object B);

    internal readonly record struct Nested(long Number, Pair Inner, object C);

    internal readonly record struct Wrapper<T>(T Value, object Extra);

    internal readonly record struct Plain(int X, long Y);

    [InlineArray(4)]
    internal struct Inline4
    {
        private object _first;
    }

    internal sealed class PairLeaf;

    internal sealed class NestedLeaf;

    internal sealed class WrapperLeaf;

    internal sealed class DeepLeaf;

    internal sealed class InlineLeaf;

    internal sealed class GridLeaf;

    internal sealed class MapLeaf;

    internal sealed class HolderLeaf;

    internal sealed class Holder(Nested nested)
    {
        public readonly Nested Nested = nested;
    }
}
