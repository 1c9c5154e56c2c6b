using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Limpet.TestTargets.Hard.Leaking;

/// <summary>
/// What a support desk answers is noted in the transcript of the shift. A shift that ends is to clear it, and this desk is open day and night: 80 characters per
/// operation in one StringBuilder, and one object more in a hundred operations.
/// </summary>
/// <remarks><code>
/// SupportDesk ─_transcript→ StringBuilder ─→ StringBuilder ─→ …
/// </code></remarks>
internal sealed class SupportTranscripts : HardLeak
{
    private readonly SupportDesk _desk = new();

    public override Truth Truth => Truth.Leak(
        "SupportDesk appends to its StringBuilder _transcript, and nobody ends the shift that would clear it.",
        "own",
        new FindingTruth(["UnboundedGrowth"], "characters of System.Text.StringBuilder", "SupportDesk", "_transcript") { PerOperation = SupportDesk.LineLength });

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number) => _desk.Note(number % 1_000_000, "asked where the parcel is, answered");

    protected override double[] Measured() => [_desk.Noted];
}

internal sealed class SupportDesk
{
    public const int LineLength = 80;

    private readonly StringBuilder _transcript = new();

    public int Noted => _transcript.Length;

    public void Note(int customer, string what)
    {
        int start = _transcript.Length;
        _transcript.Append(CultureInfo.InvariantCulture, $"customer {customer:000000} ").Append(what);
        _transcript.Append('.', LineLength - 1 - (_transcript.Length - start)).Append('\n');
    }

    public void EndShift() => _transcript.Clear();
}
