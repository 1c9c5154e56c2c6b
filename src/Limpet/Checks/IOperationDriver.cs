namespace Limpet.Checks;

/// <summary>Runs the subject of a check, some operations at a time. Between two calls nothing of it is on any stack.</summary>
internal interface IOperationDriver : IDisposable
{
    /// <summary>Runs operations, one after the other.</summary>
    /// <param name="operations">How many.</param>
    /// <param name="timeout">How long one may take.</param>
    OperationTally Drive(long operations, TimeSpan timeout);
}
