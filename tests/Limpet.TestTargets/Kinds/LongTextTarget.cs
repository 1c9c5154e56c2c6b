using System.Runtime.CompilerServices;

namespace Limpet.TestTargets;

/// <summary>Each operation adds a line to a text. Leaky: the text is one object that gets longer. Fixed: it is written out and begun anew.</summary>
internal sealed class LongTextTarget(bool leaky) : LeakTarget(leaky)
{
    private const string Line = "order shipped in time\n";
    private static string s_journal = "";

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number) => s_journal = Leaky ? s_journal + Line : Line;

    protected override long Declared(int operations) => Line.Length * (Leaky ? operations : 1);

    protected override long Measured() => s_journal.Length;
}
