namespace Limpet.EndToEnd.Tests.Hunts;

/// <summary>Hunts measure; what else the machine does at the same time would be measured with it.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class HuntsAlone
{
    /// <summary>Name of the collection.</summary>
    public const string Name = "hunts, one at a time";
}
