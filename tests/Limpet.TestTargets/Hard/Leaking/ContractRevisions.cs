using System.Runtime.CompilerServices;

namespace Limpet.TestTargets.Hard.Leaking;

/// <summary>
/// A contract is edited; each edit makes a revision that knows the one before, so that it can be undone. The history is meant to end at
/// fifty, but only the counter is set back: a chain that grows by 1 ContractRevision per operation at its head.
/// </summary>
/// <remarks><code>
/// ContractEditor ─_latest→ ContractRevision ─Previous→ ContractRevision ─Previous→ …
/// </code></remarks>
internal sealed class ContractRevisions : HardLeak
{
    private readonly ContractEditor _editor = new();

    public override Truth Truth => Truth.Leak(
        "Every ContractRevision keeps the one before by Previous, and the chain from ContractEditor._latest is never cut.",
        "own",
        FindingTruth.Objects(typeof(ContractRevision).FullName!, 1, "ContractEditor", "_latest", "Previous"));

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number) => Subjects.Add(_editor.Edit(clause: number % 12, $"as agreed under {number}"));
}

internal sealed record ContractRevision(int Clause, string Text, ContractRevision? Previous);

internal sealed class ContractEditor
{
    private const int UndoDepth = 50;

    private ContractRevision? _latest;
    private int _depth;

    public ContractRevision Edit(int clause, string text)
    {
        _latest = new ContractRevision(clause, text, _latest);
        if (++_depth > UndoDepth)
        {
            _depth = UndoDepth;
        }

        return _latest;
    }

    public bool Undo()
    {
        if (_latest is null || _depth == 0)
        {
            return false;
        }

        _latest = _latest.Previous;
        _depth--;
        return true;
    }
}
