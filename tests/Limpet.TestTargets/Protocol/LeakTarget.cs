using System.Globalization;
using System.Runtime.CompilerServices;

namespace Limpet.TestTargets;

/// <summary>A target that leaks, or, mended, does not. It can prove what it declares: <c>--self-check</c>.</summary>
internal abstract class LeakTarget(bool leaky) : Target
{
    protected bool Leaky { get; } = leaky;

    /// <summary>Operations of a self-check.</summary>
    protected virtual int CheckedOperations => 301;

    /// <summary>The settled count of the subject after so many operations, as declared.</summary>
    protected abstract long Declared(int operations);

    /// <summary>The settled count of the subject, as measured now.</summary>
    protected virtual long Measured() => Subjects.Alive();

    /// <summary>Called once before the first checked operation: takes whatever reading differences start from.</summary>
    protected virtual void StartMeasuring()
    {
    }

    /// <summary>Drives the operations itself, settles, and compares what is declared with what is measured.</summary>
    public int SelfCheck()
    {
        Subjects.Counting = true;
        Build();
        StartMeasuring();
        Drive();
        Settling.Settle();
        long declared = Declared(CheckedOperations);
        long measured = Measured();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{GetType().Name} {(Leaky ? "leaky" : "fixed")}: {CheckedOperations} operations, declared {declared}, measured {measured}"));
        return declared == measured ? 0 : 1;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Drive()
    {
        for (int number = 1; number <= CheckedOperations; number++)
        {
            Operate(number);
        }
    }
}
