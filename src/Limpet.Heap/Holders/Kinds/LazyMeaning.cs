namespace Limpet.Heap.Holders.Kinds;

/// <summary>Values that are made when they are first asked for, and what makes them.</summary>
internal sealed class LazyMeaning : MemberTable
{
    public LazyMeaning()
        : base("System.Lazy")
    {
        Holds("", "_value", "value of a Lazy");
        Holds("", "_factory", "factory of a Lazy");
        Inside("", "_state", "state of a Lazy");
    }
}
