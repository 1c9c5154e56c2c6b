using System.Globalization;

namespace Limpet.TestTargets;

/// <summary>A target that leaks, or, mended, does not.</summary>
internal abstract class LeakTarget(bool leaky) : CheckedTarget
{
    protected bool Leaky { get; } = leaky;

    /// <summary>The settled count of the subject after so many operations, as declared.</summary>
    protected abstract long Declared(int operations);

    /// <summary>The settled count of the subject, as measured now.</summary>
    protected virtual long Measured() => Subjects.Alive();

    public override int SelfCheck()
    {
        Subjects.Counting = true;
        Build();
        StartMeasuring();
        Drive(first: 1);
        Settling.Settle();
        long declared = Declared(CheckedOperations);
        long measured = Measured();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{GetType().Name} {(Leaky ? "leaky" : "fixed")}: {CheckedOperations} operations, declared {declared}, measured {measured}"));
        return declared == measured ? 0 : 1;
    }
}
