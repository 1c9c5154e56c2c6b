using Limpet.Cli.Watching.Tree;
using Limpet.Results;

namespace Limpet.Cli.Watching;

/// <summary>What is shown while something is watched.</summary>
internal interface IWatchView : IDisposable
{
    /// <summary>Called after each reading.</summary>
    void Show(WatchTree tree, TreeFigures peak, TimeSpan now);

    /// <summary>Says something at once.</summary>
    void Say(string text);
}
