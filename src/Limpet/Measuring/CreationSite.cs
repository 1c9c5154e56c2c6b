namespace Limpet.Measuring;

/// <summary>One place that makes things which somebody has to dispose of.</summary>
/// <param name="Site">The method that made them and its callers, such as <c>Sync.Tick ← Host.Run</c>.</param>
/// <param name="Created">How many were made there.</param>
/// <param name="Disposed">How many of these were disposed of.</param>
public sealed record CreationSite(string Site, long Created, long Disposed)
{
    /// <summary>How many were made and not disposed of, collected or not.</summary>
    public long Open => Created - Disposed;
}
