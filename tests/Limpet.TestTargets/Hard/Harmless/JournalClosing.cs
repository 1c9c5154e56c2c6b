using System.Runtime.CompilerServices;

namespace Limpet.TestTargets.Hard.Harmless;

/// <summary>
/// Books an entry with four lines per operation into the open journal. With 100 entries a journal is closed: its lines become one sum,
/// and a new one is opened.
/// </summary>
internal sealed class JournalClosing : HarmlessTarget
{
    private readonly GeneralLedger _ledger = new();

    public override Truth Truth => Truth.Harmless(
        "The open journal grows through 100 operations and is closed to one sum; the sums are kept in an array of twelve.", "own", "Clean");

    protected override double Cap => GeneralLedger.EntriesPerJournal;

    /// <summary>Each stretch ends at the same point of the saw-tooth.</summary>
    protected override int CheckedOperations => 300;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number) => Subjects.Add(_ledger.Book(number));
}

internal sealed record LedgerLine(string Account, decimal Amount);

internal sealed record LedgerEntry(int Number, LedgerLine[] Lines, byte[] Signature);

internal sealed class GeneralLedger
{
    public const int EntriesPerJournal = 100;

    private const int Months = 12;

    private readonly decimal[] _sums = new decimal[Months];
    private List<LedgerEntry> _journal = [];
    private int _closed;

    public LedgerEntry Book(int number)
    {
        LedgerLine[] lines =
        [
            new("1200 receivables", number), new("4400 revenue", -number * 0.84m), new("1776 tax", -number * 0.16m), new("0000 rounding", 0),
        ];
        LedgerEntry entry = new(number, lines, RequestSeal.Of(number));
        _journal.Add(entry);
        if (_journal.Count == EntriesPerJournal)
        {
            _sums[_closed++ % Months] = _journal.SelectMany(booked => booked.Lines).Sum(line => line.Amount);
            _journal = [];
        }

        return entry;
    }
}
