using System.Runtime.CompilerServices;

namespace Limpet.TestTargets;

/// <summary>Leaky: every third operation leaves 1 Subject, so 0.33 per operation. Fixed: 0.</summary>
/// <remarks><code>
/// static s_failures ─→ List&lt;Subject&gt; ─→ Subject
/// </code></remarks>
internal sealed class EveryThirdTarget(bool leaky) : LeakTarget(leaky)
{
    private static readonly List<Subject> s_failures = [];

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        Subject subject = new(number);
        if (Leaky && number % 3 == 0)
        {
            s_failures.Add(subject);
        }
    }

    protected override long Declared(int operations) => Leaky ? operations / 3 : 0;
}
