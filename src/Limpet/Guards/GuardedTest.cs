namespace Limpet.Guards;

/// <summary>A test method, or with no method all that belongs to a class: its fixtures, its set-up and clean-up.</summary>
/// <param name="ClassName">Full name of the class.</param>
/// <param name="Method">Name of the method without arguments: rows of data are one test. Null for the class.</param>
public readonly record struct GuardedTest(string ClassName, string? Method)
{
    /// <summary>The full name.</summary>
    public override string ToString() => Method is null ? $"{ClassName} (class)" : $"{ClassName}.{Method}";
}
