using System.Runtime.CompilerServices;

namespace Limpet.TestTargets;

/// <summary>Each operation leaves an entry in an audit trail and one in a cache, at the same rate and without any reference between them. Fixed: 0.</summary>
internal sealed class TwoLeaksTarget(bool leaky) : LeakTarget(leaky)
{
    private static readonly List<AuditEntry> s_trail = [];
    private static readonly Dictionary<int, Quote> s_quotes = [];

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        AuditEntry entry = new(new Subject(number));
        Quote quote = new(new Subject(number));
        if (Leaky)
        {
            s_trail.Add(entry);
            s_quotes.Add(number, quote);
        }
    }

    protected override long Declared(int operations) => Leaky ? 2 * operations : 0;

    internal sealed record AuditEntry(Subject Text);

    internal sealed record Quote(Subject Text);
}
