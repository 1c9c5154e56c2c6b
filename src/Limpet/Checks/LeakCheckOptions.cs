using System.Diagnostics.CodeAnalysis;

namespace Limpet.Checks;

/// <summary>How <see cref="LeakCheck.Find(Action, LeakCheckOptions?)"/> repeats an operation, and for how long. The defaults suit a unit test: some 250 operations.</summary>
public sealed record LeakCheckOptions
{
    /// <summary>The defaults.</summary>
    public static LeakCheckOptions Default { get; } = new();

    /// <summary>What the operation is called in the report.</summary>
    /// <value>Default null: <c>the operation</c>.</value>
    public string? Name { get; init; }

    /// <summary>Operations of a base round; a dose round has about twice as many. A prime number hides no period of the program.</summary>
    /// <value>Default 13, at least 3. A leak at every n-th operation wants n operations in a round.</value>
    public int Operations
    {
        get;
        init => field = AtLeast(value, 3, nameof(Operations));
    } = 13;

    /// <summary>Base rounds that are measured; half as many dose rounds follow them. Where the numbers do not decide, there are more.</summary>
    /// <value>Default 8, at least 4.</value>
    public int Rounds
    {
        get;
        init => field = AtLeast(value, 4, nameof(Rounds));
    } = 8;

    /// <summary>Rounds before the measured ones, in which code is compiled and caches fill.</summary>
    /// <value>Default 2, at least 0.</value>
    public int Warmup
    {
        get;
        init => field = AtLeast(value, 0, nameof(Warmup));
    } = 2;

    /// <summary>
    /// The time after which no further round begins, also of a check that begins anew because others disturbed it. Where something seems to grow, counting it exactly may take half as long again,
    /// and so may the rounds of other sizes that a leak must follow.
    /// </summary>
    /// <value>Default 30 s, more than zero.</value>
    public TimeSpan Budget
    {
        get;
        init => field = Positive(value, nameof(Budget));
    } = TimeSpan.FromSeconds(30);

    /// <summary>How long one operation may take. One that takes longer is a hang; its thread is left behind, for .NET cannot end it.</summary>
    /// <value>Default 30 s, more than zero.</value>
    public TimeSpan OperationTimeout
    {
        get;
        init => field = Positive(value, nameof(OperationTimeout));
    } = TimeSpan.FromSeconds(30);

    /// <summary>How long finalizers may take after a round before the finalizer thread is said to be blocked.</summary>
    /// <value>Default 10 s, more than zero.</value>
    public TimeSpan FinalizerTimeout
    {
        get;
        init => field = Positive(value, nameof(FinalizerTimeout));
    } = TimeSpan.FromSeconds(10);

    /// <summary>Whether the <c>limpet</c> tool is started where something seems to grow, to count exactly and to find what holds it.</summary>
    /// <value>Default true. Without it the verdict rests on bytes and counters alone, and there are no traces.</value>
    public bool Trace { get; init; } = true;

    /// <summary>The tool, for tests; null to look for it.</summary>
    internal string? Tool { get; init; }

    internal static int AtLeast(int value, int least, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least, name);
        return value;
    }

    [SuppressMessage("Usage", "CA1512", Justification = "The helper compares with a value of the same type, and TimeSpan.Zero is no constant.")]
    internal static TimeSpan Positive(TimeSpan value, string name) => value > TimeSpan.Zero
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} must be more than zero.");
}
