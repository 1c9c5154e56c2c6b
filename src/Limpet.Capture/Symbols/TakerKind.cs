namespace Limpet.Capture.Symbols;

/// <summary>What is done with a value.</summary>
internal enum TakerKind
{
    /// <summary>A method is called on it.</summary>
    CalledOn,

    /// <summary>It is the first argument of a static method, as with an extension method.</summary>
    FirstArgument,

    /// <summary>It is another argument of a method or constructor.</summary>
    Argument,

    /// <summary>One of its elements is assigned.</summary>
    ElementAssigned,

    /// <summary>It becomes an element of an array.</summary>
    BecomesElement,

    /// <summary>A field is assigned it.</summary>
    BecomesField,

    /// <summary>The method returns it.</summary>
    Returned,
}
