namespace Limpet.KnownLeaks;

/// <summary>The names and values of the traits that the adapters' attributes give to tests, the same in every framework.</summary>
public static class TestTraits
{
    /// <summary>The trait of <see cref="Unit"/>, <see cref="Integration"/> and <see cref="Stress"/>.</summary>
    public const string Category = "Category";

    /// <summary>Fast tests of one part.</summary>
    public const string Unit = "unit";

    /// <summary>Tests of parts together.</summary>
    public const string Integration = "integration";

    /// <summary>Tests that take long, or much memory.</summary>
    public const string Stress = "stress";

    /// <summary>The trait whose value is the number of a leak: <c>leak=1</c>.</summary>
    public const string Leak = "leak";

    /// <summary>The trait of every test that is about a leak: <c>memory_leak=true</c>.</summary>
    public const string MemoryLeak = "memory_leak";

    /// <summary>The trait whose value is the id of a known leak.</summary>
    public const string KnownLeak = "known_leak";
}
