using System.Runtime.CompilerServices;

namespace Limpet.TestTargets;

/// <summary>Each operation allocates a megabyte that dies. Leaky: 24 bytes of it stay in a linked list. Fixed: 0.</summary>
internal sealed class SmallChurnTarget(bool leaky) : LeakTarget(leaky)
{
    private static Mark? s_marks;
    private static int s_count;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        int touched = 0;
        for (int block = 0; block < 64; block++)
        {
            touched += new byte[16_384].Length;
        }

        if (Leaky && touched > 0)
        {
            s_marks = new Mark(s_marks);
            s_count++;
        }
    }

    protected override long Declared(int operations) => Leaky ? operations : 0;

    protected override long Measured() => s_count;

    internal sealed class Mark(Mark? next)
    {
        public Mark? Next { get; } = next;
    }
}
