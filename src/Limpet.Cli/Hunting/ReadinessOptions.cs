namespace Limpet.Cli.Hunting;

/// <summary>When a target counts as ready. Without a line and an address: when its runtime has started.</summary>
/// <param name="Line">A line of its output that says so.</param>
/// <param name="Address">An address that answers with success.</param>
/// <param name="Timeout">How long to wait.</param>
internal sealed record ReadinessOptions(LinePattern? Line, Uri? Address, TimeSpan Timeout)
{
    public static TimeSpan DefaultTimeout { get; } = TimeSpan.FromSeconds(60);
}
