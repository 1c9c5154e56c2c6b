using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Limpet.Resources;
using Limpet.Tool;

namespace Limpet.Guards;

/// <summary>
/// Child processes and assembly load contexts of this process. They are asked for when the heap is settled and a class has ended, not at each test: the processes of the whole machine are
/// looked through for children, and a context goes with a collection. Not safe for use from several threads at once.
/// </summary>
internal sealed class ProcessFamily
{
    /// <summary>Child processes that run.</summary>
    public const string ChildMetric = "ChildProcess";

    /// <summary>Assembly load contexts that are alive.</summary>
    public const string ContextMetric = "LoadContext";

    private readonly ConditionalWeakTable<AssemblyLoadContext, object> _numbers = [];
    private readonly Dictionary<int, string> _contexts = [];
    private readonly Dictionary<int, ProcessEntry> _children = [];

    /// <summary>Lists the children by their ids, without one that ended and without Limpet's own tool.</summary>
    /// <param name="pids">Where they go; emptied before.</param>
    /// <returns>Whether they could be listed.</returns>
    public bool TryListChildren(List<int> pids)
    {
        pids.Clear();
        _children.Clear();
        if (!ProcessReaders.Supported)
        {
            return false;
        }

        foreach (ProcessEntry child in ProcessReaders.Tree.Children(Environment.ProcessId).Where(child => !child.Ended && !ToolSession.IsTool(child.Pid)))
        {
            _children[child.Pid] = child;
            pids.Add(child.Pid);
        }

        return true;
    }

    public string? IdentifyChild(int pid) => _children.GetValueOrDefault(pid)?.StartTime.ToString(CultureInfo.InvariantCulture);

    public HeldName? NameChild(int pid) => _children.GetValueOrDefault(pid) is { } child ? new HeldName(ChildMetric, $"child process '{child.Name}'") : null;

    /// <summary>Lists the contexts by numbers that are given here, and holds none.</summary>
    /// <param name="numbers">Where they go; emptied before.</param>
    public bool TryListContexts(List<int> numbers)
    {
        numbers.Clear();
        foreach (AssemblyLoadContext context in AssemblyLoadContext.All)
        {
            int number = (int)_numbers.GetValue(context, _ => _contexts.Count);
            _contexts[number] = OwnResources.NameOf(context);
            numbers.Add(number);
        }

        return true;
    }

    public string? IdentifyContext(int number) => _contexts.GetValueOrDefault(number);

    public HeldName? NameContext(int number) => _contexts.GetValueOrDefault(number) is { } name ? new HeldName(ContextMetric, $"load context {name}") : null;
}
