using System.Collections.Immutable;

namespace Limpet.Guards;

/// <summary>A descriptor or thread that appeared while the guard watched.</summary>
/// <param name="number">Its number.</param>
/// <param name="candidates">The tests that ran when it appeared; a class where none ran, empty where none was open.</param>
/// <param name="identity">What tells it from another one of the same number: a target, a start time.</param>
internal sealed class HeldItem(int number, ImmutableArray<GuardedTest> candidates, string identity)
{
    public int Number { get; } = number;

    public ImmutableArray<GuardedTest> Candidates { get; } = candidates;

    public string Identity { get; } = identity;

    /// <summary>Whether it was there, settled, when all its candidates had ended.</summary>
    public bool Outlived { get; set; }

    /// <summary>Whether it is known what it is, be it the runtime's or the program's.</summary>
    public bool Explained { get; set; }

    /// <summary>Whether it keeps its number, so that it need not be asked for at each look.</summary>
    public bool Stays { get; set; }

    /// <summary>Whether it is gone.</summary>
    public bool Gone { get; set; }

    /// <summary>What it is called; asked when it has outlived its test, for a thread is named after its start.</summary>
    public HeldName Name { get; set; }
}
