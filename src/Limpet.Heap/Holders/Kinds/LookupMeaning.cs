namespace Limpet.Heap.Holders.Kinds;

/// <summary>Groups that a query made.</summary>
internal sealed class LookupMeaning : MemberTable
{
    public LookupMeaning()
        : base("System.Linq.")
    {
        Elements("Lookup", "_groupings", "group (key {0})");
        Inside("Lookup", "_lastGrouping", "groups (key {0})");
        Elements("Grouping", "_elements", "element of a group (key {0})");
        Holds("Grouping", "_key", "key of a group");
        Inside("Grouping", "_next|_hashNext", "groups (key {0})");
    }
}
