namespace Limpet.Heap.Subjects;

/// <summary>What holds the objects that a test asks about.</summary>
public enum SubjectHold
{
    /// <summary>No root reaches any of them: garbage that was not collected yet.</summary>
    Nothing,

    /// <summary>Only a local of the test itself: a variable of a method, what a closure captured, a field of an async method that awaits the answer.</summary>
    OnlyTheCaller,

    /// <summary>Something else.</summary>
    Something,
}
