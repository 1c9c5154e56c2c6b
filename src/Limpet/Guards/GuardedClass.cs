namespace Limpet.Guards;

/// <summary>One class of tests in the summary.</summary>
/// <param name="Name">Full name.</param>
/// <param name="Tests">Tests that ran, rows of data included.</param>
/// <param name="Reading">Number of the settled reading that came after it; classes with the same one share it.</param>
public sealed record GuardedClass(string Name, int Tests, int Reading);
