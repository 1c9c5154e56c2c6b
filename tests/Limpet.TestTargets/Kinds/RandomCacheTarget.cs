using System.Runtime.CompilerServices;

namespace Limpet.TestTargets;

/// <summary>A cache of 400 products, asked for at random: it fills ever more slowly, and never beyond them. Fixed: it keeps none. Never a leak.</summary>
internal sealed class RandomCacheTarget(bool leaky) : LeakTarget(leaky)
{
    private static readonly Dictionary<int, Subject> s_products = [];
    private readonly Random _random = new(4711);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        int product = _random.Next(400);
        if (Leaky && !s_products.ContainsKey(product))
        {
            s_products.Add(product, new Subject(product));
        }
    }

    protected override int CheckedOperations => 6_000;

    protected override long Declared(int operations) => Leaky ? 400 : 0;
}
