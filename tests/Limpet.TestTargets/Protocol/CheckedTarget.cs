using System.Runtime.CompilerServices;

namespace Limpet.TestTargets;

/// <summary>A target that can prove what it declares, without Limpet: <c>--self-check</c>.</summary>
internal abstract class CheckedTarget : Target
{
    /// <summary>Operations of one stretch of a self-check.</summary>
    protected virtual int CheckedOperations => 301;

    /// <summary>Called once before the first checked operation: takes whatever reading differences start from.</summary>
    protected virtual void StartMeasuring()
    {
    }

    /// <summary>Drives the operations itself, settles, compares what is declared with what is measured, and prints one line of numbers.</summary>
    /// <returns>0 where they agree, otherwise 1.</returns>
    public abstract int SelfCheck();

    /// <summary>One stretch of operations, in a frame of its own so that none of their objects stays in a local.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    protected virtual void Drive(int first)
    {
        for (int number = first; number < first + CheckedOperations; number++)
        {
            Operate(number);
        }
    }
}
