namespace Limpet.Guards;

/// <summary>What a descriptor or thread is called.</summary>
/// <param name="Metric">What it is counted as in another process, where files have other names: <c>File</c>, <c>Socket</c>, <c>Thread</c>.</param>
/// <param name="What">Its name in the table.</param>
internal readonly record struct HeldName(string Metric, string What)
{
    /// <summary>The metric of what the runtime made for itself, and who reads this process: no test leaves that.</summary>
    public const string OfTheRuntime = "";
}
