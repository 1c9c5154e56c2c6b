using System.Globalization;

namespace Limpet.TestTargets.Reported;

/// <summary>
/// A program written as the users of a public project would write it, around a leak that was reported there, and the same program mended as its
/// maintainers say. Its self-check proves both: the leak at the declared rate, and, mended, that nothing of it stays.
/// </summary>
internal abstract class ReportedTarget(bool mended) : HardLeak
{
    protected bool Mended { get; } = mended;

    public sealed override Truth Truth => (Mended ? Truth.Harmless(Remedy, Leak.RestsOn, "Clean") : Leak) with { Issue = Issue, Found = Found, Hunt = Leak.Hunt };

    /// <summary>Repository and number of the thread, as "owner/repository#number".</summary>
    protected abstract string Issue { get; }

    /// <summary>What was found to be the cause, in one sentence of ours.</summary>
    protected abstract string Found { get; }

    /// <summary>What is true of the leaky form.</summary>
    protected abstract Truth Leak { get; }

    /// <summary>What the mended form does instead, in one sentence.</summary>
    protected abstract string Remedy { get; }

    /// <summary>The most that may be there in the mended form, settled.</summary>
    protected virtual double Cap => 0;

    protected override string Declaration => Mended ? string.Create(CultureInfo.InvariantCulture, $"mended: at most {Cap}") : base.Declaration;

    protected override bool BearsOut(double[][] readings, double[] seconds) => Mended
        ? readings.All(reading => reading.All(figure => figure <= Cap)) && readings[2].Zip(readings[1]).All(pair => pair.First <= pair.Second)
        : base.BearsOut(readings, seconds);
}
