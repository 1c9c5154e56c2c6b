namespace Limpet.Checks;

/// <summary>How <see cref="LeakCheck.FindCollected{T}(Func{T}, CollectionOptions?)"/> waits for an object to be collected.</summary>
public sealed record CollectionOptions
{
    /// <summary>The defaults.</summary>
    public static CollectionOptions Default { get; } = new();

    /// <summary>What the object is called in the report.</summary>
    /// <value>Default null: the name of its type.</value>
    public string? Name { get; init; }

    /// <summary>How long the factory may take. One that takes longer is a hang.</summary>
    /// <value>Default 30 s, more than zero.</value>
    public TimeSpan FactoryTimeout
    {
        get;
        init => field = LeakCheckOptions.Positive(value, nameof(FactoryTimeout));
    } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long an object that survived the collection protocol is given, while collections go on: work in the background may still use it. It
    /// costs nothing where the object is collected at once.
    /// </summary>
    /// <value>Default 500 ms, at least zero.</value>
    public TimeSpan Patience
    {
        get;
        init => field = value >= TimeSpan.Zero ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Patience must be at least zero.");
    } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long finalizers may take before the finalizer thread is said to be blocked.</summary>
    /// <value>Default 10 s, more than zero.</value>
    public TimeSpan FinalizerTimeout
    {
        get;
        init => field = LeakCheckOptions.Positive(value, nameof(FinalizerTimeout));
    } = TimeSpan.FromSeconds(10);

    /// <summary>Whether the <c>limpet</c> tool is started for an object that was not collected, to find what holds it.</summary>
    /// <value>Default true. Without it a leak cannot be told from an object that the test itself still holds.</value>
    public bool Trace { get; init; } = true;

    /// <summary>The tool, for tests; null to look for it.</summary>
    internal string? Tool { get; init; }
}
