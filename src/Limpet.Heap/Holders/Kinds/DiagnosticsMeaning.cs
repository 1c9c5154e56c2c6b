namespace Limpet.Heap.Holders.Kinds;

/// <summary>The lists in which the runtime has every source of activities and every listener.</summary>
internal sealed class DiagnosticsMeaning : MemberTable
{
    public DiagnosticsMeaning()
        : base("System.Diagnostics.")
    {
        Elements("SynchronizedList", "_volatileArray", "list element");
        Inside("SynchronizedList", "_list");
    }
}
