namespace Limpet.Resources;

/// <summary>Answers, again and again and cheaply: which processes are new?</summary>
public interface IProcessArrivals : IDisposable
{
    /// <summary>Lists the ids that were not there at the call before; at the first call all. Costs a few µs as long as nothing was started on the machine.</summary>
    /// <param name="pids">Where they go; emptied before.</param>
    /// <param name="all">Whether to list all ids anyway, which also finds those that were missed: an id may be given again.</param>
    void List(List<int> pids, bool all = false);
}
