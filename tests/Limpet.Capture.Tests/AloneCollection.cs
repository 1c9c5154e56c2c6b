namespace Limpet.Capture.Tests;

/// <summary>Tests that count memory or threads of this process: nothing else may run beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "alone";
}
