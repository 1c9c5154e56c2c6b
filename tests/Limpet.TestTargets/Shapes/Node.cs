namespace Limpet.TestTargets;

/// <summary>The small object with two references that most of a heap looks like.</summary>
internal sealed class Node
{
    public Node? Left;
    public Node? Right;
    public int Value;
}
