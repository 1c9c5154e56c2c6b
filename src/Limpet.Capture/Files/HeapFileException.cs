namespace Limpet.Capture.Files;

/// <summary>What is wrong with a heap file, without its name.</summary>
internal sealed class HeapFileException : Exception
{
    public HeapFileException(string message, string? nextStep = null, Exception? inner = null)
        : base(message, inner) => NextStep = nextStep;

    /// <summary>What to do; null for: capture it again.</summary>
    public string? NextStep { get; }
}
