namespace Limpet.Heap;

/// <summary>What is known of a type beside its name.</summary>
[Flags]
public enum TypeTraits
{
    /// <summary>An ordinary class.</summary>
    None = 0,

    /// <summary>An array.</summary>
    Array = 1,

    /// <summary><see cref="string"/>.</summary>
    String = 2,

    /// <summary>A delegate type.</summary>
    Delegate = 4,

    /// <summary>Its assembly can be unloaded.</summary>
    Collectible = 8,

    /// <summary>It has a finalizer.</summary>
    Finalizable = 16,

    /// <summary>A boxed value type.</summary>
    Boxed = 32,

    /// <summary>Its objects hold no references.</summary>
    NoReferences = 64,

    /// <summary>Its module is known to come from a package, and not from the program's own projects.</summary>
    Package = 128,
}
