using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Limpet.TestTargets.Hard.Leaking;

/// <summary>
/// Payslips are computed on a thread of their own, one after the other, and what was booked is collected per thread, without a lock.
/// The collection is cleared by whoever ends a run, on the thread that asked for it, where it is empty: 1 PayrollEntry per operation.
/// </summary>
/// <remarks><code>
/// thread static PayrollLedger.t_entries ─→ List&lt;PayrollEntry&gt; ─→ PayrollEntry ─→ decimal[]
/// </code></remarks>
internal sealed class PayrollRun : HardLeak
{
    private readonly PayrollOffice _office = new();

    public override Truth Truth => Truth.Leak(
        "PayrollLedger.t_entries is a thread static that is filled on the office's thread and cleared on another.",
        "own",
        FindingTruth.Entries(typeof(PayrollEntry).FullName!, 1, "PayrollLedger.t_entries"));

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number) => _office.Pay(employee: number);
}

internal sealed class PayrollEntry
{
    private readonly decimal[] _deductions;

    public PayrollEntry(int employee, decimal gross)
    {
        Employee = employee;
        _deductions = [gross * 0.186m, gross * 0.146m, gross * 0.026m];
        Subjects.Add(this);
    }

    public int Employee { get; }

    public decimal Deducted => _deductions.Sum();
}

internal static class PayrollLedger
{
    [ThreadStatic]
    private static List<PayrollEntry>? t_entries;

    public static void Book(int employee, decimal gross) => (t_entries ??= []).Add(new PayrollEntry(employee, gross));

    public static void Clear() => t_entries?.Clear();
}

internal sealed class PayrollOffice
{
    private readonly BlockingCollection<(int Employee, TaskCompletionSource Paid)> _payslips = [];

    public PayrollOffice() => new Thread(Work) { IsBackground = true, Name = "payroll" }.Start();

    public void Pay(int employee)
    {
        TaskCompletionSource paid = new();
        _payslips.Add((employee, paid));
        paid.Task.Wait();
        PayrollLedger.Clear();
    }

    private void Work()
    {
        foreach ((int employee, TaskCompletionSource paid) in _payslips.GetConsumingEnumerable())
        {
            PayrollLedger.Book(employee, gross: 2_800 + (employee % 40 * 55));
            paid.SetResult();
        }
    }
}
