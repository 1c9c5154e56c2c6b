using System.Runtime.CompilerServices;

namespace Limpet.TestTargets;

/// <summary>Leaky: from operation 61 on, each leaves 1 Subject. Fixed: 0.</summary>
/// <remarks><code>
/// static s_overflow ─→ List&lt;Subject&gt; ─→ Subject
/// </code></remarks>
internal sealed class AfterSixtyTarget(bool leaky) : LeakTarget(leaky)
{
    private const int Quiet = 60;

    private static readonly List<Subject> s_overflow = [];

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        Subject subject = new(number);
        if (Leaky && number > Quiet)
        {
            s_overflow.Add(subject);
        }
    }

    protected override long Declared(int operations) => Leaky ? operations - Quiet : 0;
}
