using System.Globalization;
using System.Runtime.CompilerServices;

namespace Limpet.TestTargets.Hard.Leaking;

/// <summary>
/// Insurance claims arrive as lines. Every third is above what may be paid without a look, and is put aside for a reviewer; those that are
/// released go through the payment, but the list is never cleared: 1 ClaimDraft in three operations.
/// </summary>
/// <remarks><code>
/// ClaimDesk ─→ ClaimReview ─_deferred→ List&lt;ClaimDraft&gt; ─→ ClaimDraft ─→ string[]
/// </code></remarks>
internal sealed class ClaimIntake : HardLeak
{
    private readonly ClaimDesk _desk = new(new ClaimReview());

    public override Truth Truth => Truth.Leak(
        "Every third claim is deferred to ClaimReview._deferred, which nobody empties.",
        "own",
        FindingTruth.Entries(typeof(ClaimDraft).FullName!, 1 / 3.0, "ClaimReview", "_deferred"));

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number) => Subjects.Add(_desk.Submit(string.Create(
        CultureInfo.InvariantCulture,
        $"{number};P-{number % 900:000};{(number % 3 == 0 ? 12_400 : 180)};hail;bonnet")));
}

internal sealed record ClaimDraft(int Number, string Policy, decimal Amount, string[] Notes);

internal sealed class ClaimDesk(ClaimReview review)
{
    private decimal _paid;

    public ClaimDraft Submit(string line)
    {
        ClaimDraft draft = Parse(line);
        if (review.Allows(draft))
        {
            _paid += draft.Amount;
        }

        return draft;
    }

    private static ClaimDraft Parse(string line)
    {
        string[] fields = line.Split(';');
        return new ClaimDraft(
            int.Parse(fields[0], CultureInfo.InvariantCulture),
            fields[1],
            decimal.Parse(fields[2], CultureInfo.InvariantCulture),
            fields[3..]);
    }
}

internal sealed class ClaimReview
{
    private const decimal PaidUnseen = 5_000;

    private readonly List<ClaimDraft> _deferred = [];

    public int Waiting => _deferred.Count;

    public bool Allows(ClaimDraft draft)
    {
        if (draft.Amount <= PaidUnseen)
        {
            return true;
        }

        _deferred.Add(draft);
        return false;
    }
}
