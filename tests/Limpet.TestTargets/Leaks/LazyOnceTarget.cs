using System.Runtime.CompilerServices;

namespace Limpet.TestTargets;

/// <summary>Operation 150 builds an index of 5,000 Subjects, once. Fixed: that is all, one step. Leaky: behind the step, each operation
/// leaves 1 Subject as well.</summary>
/// <remarks><code>
/// static s_index ─→ Subject[5000] ─→ Subject                                5,000 from operation 150 on
/// static s_log   ─→ List&lt;Subject&gt; ─→ Subject                               1 per operation, leaky only
/// </code></remarks>
internal sealed class LazyOnceTarget(bool leaky) : LeakTarget(leaky)
{
    private const int BuiltAt = 150;
    private const int IndexSize = 5_000;

    private static readonly List<Subject> s_log = [];
    private static Subject[]? s_index;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        if (number == BuiltAt)
        {
            s_index ??= [.. Enumerable.Range(0, IndexSize).Select(i => new Subject(i))];
        }

        Subject subject = new(number);
        if (Leaky)
        {
            s_log.Add(subject);
        }
    }

    protected override long Declared(int operations) => (operations >= BuiltAt ? IndexSize : 0) + (Leaky ? operations : 0);
}
