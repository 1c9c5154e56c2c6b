namespace Limpet.Results;

/// <summary>Why a place is a suspect.</summary>
public enum SuspectKind
{
    /// <summary>One object keeps a tenth of the heap or more, and no single object that it keeps explains it.</summary>
    LargeDominator,

    /// <summary>A thousand or more objects of one kind are held in one place.</summary>
    ManyAlike,
}
