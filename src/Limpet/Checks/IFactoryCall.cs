namespace Limpet.Checks;

/// <summary>Calls a factory so that nothing on the way holds what it made.</summary>
internal interface IFactoryCall
{
    /// <summary>Calls it.</summary>
    /// <param name="timeout">How long it may take.</param>
    FactoryOutcome Make(TimeSpan timeout);
}
