using System.Globalization;
using Limpet.Cli.Commands;
using Limpet.Cli.Watching.Options;
using Limpet.Cli.Watching.Tree;
using Limpet.Reporting.Text;
using Limpet.Results;
using Limpet.Text;

namespace Limpet.Cli.Watching;

/// <summary>Says from time to time how the tree is, in lines with the time; on a terminal that nobody else writes to, as a table that changes.</summary>
internal sealed class WatchView : IWatchView
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);
    private readonly CommandOutput output;
    private readonly bool lines;
    private TimeSpan next;

    private WatchView(CommandOutput output, bool lines) => (this.output, this.lines) = (output, lines);

    /// <summary>The view that the terminal and the options allow.</summary>
    public static IWatchView Create(WatchOptions options, CommandOutput output) =>
        options.Pid is not null && !options.Quiet && !options.Verbose && LiveView.IsPossible
            ? new LiveView(options)
            : new WatchView(output, options.Verbose || (options.Pid is not null && !options.Quiet));

    public void Show(WatchTree tree, TreeFigures peak, TimeSpan now)
    {
        if (!lines || now < next)
        {
            return;
        }

        next = now + Every;
        TreePulse pulse;
        string? open;
        lock (tree.Gate)
        {
            (pulse, open) = (tree.Last, tree.Book.Open.Name);
        }

        string phase = open is { } name ? $", in {Escaping.Show(name, 100)}" : "";
        output.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"[{TimeProvider.System.GetLocalNow():HH:mm:ss}] {new ByteSize(pulse.Rss)} resident, {pulse.Descriptors?.ToString(CultureInfo.InvariantCulture) ?? "?"} descriptors, {Words.Many(pulse.Threads, "thread")}, {Words.Many(pulse.Processes, "process")}, {pulse.CpuSeconds:0.0} s of processor time{phase}"));
    }

    public void Say(string text) => output.Say($"limpet: {Escaping.Show(text, 600)}");

    public void Dispose()
    {
    }
}
