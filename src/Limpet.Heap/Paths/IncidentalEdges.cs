using System.Collections.Frozen;
using Limpet.Heap.Holders;

namespace Limpet.Heap.Paths;

/// <summary>
/// References between neighbours in a list that the framework threads through its objects: timers, registrations with a token, values
/// of a ThreadLocal, waiters of a semaphore, nodes of a linked list. Who holds one of them from outside the list reaches all others
/// through it, and yet is not what holds them: such ways are taken only where there is no other.
/// One bit a node where the heap has such objects, nothing where it has none.
/// </summary>
internal sealed class IncidentalEdges
{
    /// <summary>Definition of the objects, members that lead to neighbours, and definitions of those that belong to the list.</summary>
    private static readonly FrozenDictionary<string, (string[] Members, string[] Family)> Lists = new Dictionary<string, (string[] Members, string[] Family)>
    {
        ["System.Threading.TimerQueueTimer"] = (["_next", "_prev", "_associatedTimerQueue"], ["System.Threading.TimerQueueTimer", "System.Threading.TimerQueue"]),
        ["System.Threading.CancellationTokenSource.CallbackNode"] =
            (["Next", "Prev", "Registrations"], ["System.Threading.CancellationTokenSource.CallbackNode", "System.Threading.CancellationTokenSource.Registrations"]),
        ["System.Threading.ThreadLocal.LinkedSlot"] = (["_next", "_previous", "_slotArray"], ["System.Threading.ThreadLocal.LinkedSlot", "System.Threading.ThreadLocal"]),
        ["System.Threading.SemaphoreSlim.TaskNode"] = (["Next", "Prev"], ["System.Threading.SemaphoreSlim.TaskNode", "System.Threading.SemaphoreSlim"]),
        ["System.Collections.Generic.LinkedListNode"] = (["next", "prev", "list"], ["System.Collections.Generic.LinkedListNode", "System.Collections.Generic.LinkedList"]),
    }.ToFrozenDictionary();

    private static readonly FrozenSet<string> Families = Lists.Values.SelectMany(list => list.Family).ToFrozenSet();

    private readonly HeapGraph graph;
    private readonly NodeSet? nodes;
    private readonly string[] definitions;

    private IncidentalEdges(HeapGraph graph)
    {
        this.graph = graph;
        definitions = [.. graph.Types.Select(type => type.Name.StartsWith("System.", StringComparison.Ordinal) && !type.IsArray ? FrameworkTypes.DefinitionOf(type.Name) : "")];
        if (Array.Exists(definitions, Lists.ContainsKey))
        {
            bool[] listed = [.. definitions.Select(Families.Contains)];
            nodes = new NodeSet(graph.NodeCount);
            for (int node = 0; node < graph.NodeCount; node++)
            {
                if (listed[graph.TypeIndexOf(new NodeIndex(node)).Value])
                {
                    nodes.Add(new NodeIndex(node));
                }
            }
        }
    }

    /// <summary>Whether the heap has any.</summary>
    public bool Any => nodes is not null;

    /// <summary>Finds them in a graph. O(nodes).</summary>
    public static IncidentalEdges In(HeapGraph graph) => new(graph);

    /// <summary>Whether a node is a member of a list, or what holds one.</summary>
    public bool Contains(int node) => nodes!.Contains(new NodeIndex(node));

    /// <summary>Whether a node of a list is held by one that does not belong to the list; <paramref name="parent"/> is negative for a root.</summary>
    public bool IsStranger(int node, int parent) =>
        Contains(node) && Lists.TryGetValue(DefinitionOf(node), out var list) && (parent < 0 || !list.Family.Contains(DefinitionOf(parent)));

    /// <summary>Whether a node of a list holds a neighbour through a slot.</summary>
    public bool IsIncidental(int node, byte slot) =>
        Lists[DefinitionOf(node)].Members.Contains(graph.LabelOf(new NodeIndex(node), slot).Member);

    private string DefinitionOf(int node) => definitions[graph.TypeIndexOf(new NodeIndex(node)).Value];
}
