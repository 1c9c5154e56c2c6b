using System.Runtime.CompilerServices;

namespace Limpet.TestTargets.Hard.Leaking;

/// <summary>
/// Invoices are collected and sent forty at a time, so the box is full and empty again and again. Of each batch the mail server defers
/// five, and these are kept for a retry that does not exist: a saw-tooth of 40 on a slope of 1 DeferredInvoice in eight operations.
/// </summary>
/// <remarks><code>
/// InvoiceMailer ─_box→ List&lt;InvoiceMail&gt; ─→ InvoiceMail                                   operations mod 40
///               ─_retries→ LinkedList&lt;DeferredInvoice&gt; ─→ … ─→ DeferredInvoice            5 in forty operations
/// </code></remarks>
internal sealed class InvoiceOutbox : HardLeak
{
    private readonly InvoiceMailer _mailer = new();

    public override Truth Truth => Truth.Leak(
        "Of each batch of forty, InvoiceMailer._retries keeps five deferred invoices for ever.",
        "own",
        FindingTruth.Entries(typeof(DeferredInvoice).FullName!, InvoiceMailer.Deferred / (double)InvoiceMailer.BatchSize, "InvoiceMailer", "_retries"));

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number) => _mailer.Enqueue(new InvoiceMail(number, $"customer-{number % 300}@example.com"));

    protected override int CheckedOperations => 320;
}

internal sealed record InvoiceMail(int Number, string To);

internal sealed class DeferredInvoice
{
    public DeferredInvoice(InvoiceMail mail, int attempts)
    {
        Mail = mail;
        Attempts = attempts;
        Subjects.Add(this);
    }

    public InvoiceMail Mail { get; }

    public int Attempts { get; }
}

internal sealed class InvoiceMailer
{
    public const int BatchSize = 40;
    public const int Deferred = 5;

    private readonly List<InvoiceMail> _box = [];
    private readonly LinkedList<DeferredInvoice> _retries = new();
    private int _sent;

    public void Enqueue(InvoiceMail mail)
    {
        _box.Add(mail);
        if (_box.Count == BatchSize)
        {
            Send();
        }
    }

    private void Send()
    {
        for (int index = 0; index < _box.Count; index++)
        {
            if (index < Deferred)
            {
                _retries.AddLast(new DeferredInvoice(_box[index], attempts: 1));
            }
            else
            {
                _sent++;
            }
        }

        _box.Clear();
    }
}
