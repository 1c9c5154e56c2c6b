namespace Limpet.Checks;

/// <summary>Tells the objects that can be collected from those that the runtime keeps for ever.</summary>
internal static class CollectableObjects
{
    /// <exception cref="NotCollectableException">It is null, a boxed value, an interned string or frozen.</exception>
    public static void Require(object? value)
    {
        if (value is null)
        {
            throw new NotCollectableException("The object is null. Give an object that was made.");
        }

        if (value.GetType().IsValueType)
        {
            throw new NotCollectableException($"The object is a boxed {TypeSpelling.Of(value.GetType())}: a value has no identity, and its box is not what anybody else holds. Give an object of a class.");
        }

        if (GC.GetGeneration(value) > GC.MaxGeneration)
        {
            throw new NotCollectableException($"The {TypeSpelling.Of(value.GetType())} is frozen: the runtime made it for a literal, a type or a constant and never collects it. Give an object that the test makes.");
        }

        if (value is string text && string.IsInterned(text) is { } interned && ReferenceEquals(interned, text))
        {
            throw new NotCollectableException("The string is interned: the runtime never collects it. Give a string that was made at run time, or an object that holds it.");
        }
    }
}
