namespace Limpet.Checks;

/// <summary>What became of a call of a factory.</summary>
internal sealed class FactoryOutcome
{
    /// <summary>The object; null when there is none.</summary>
    public MadeObject? Object { get; private set; }

    /// <summary>What it threw; null when it returned.</summary>
    public Exception? Error { get; private set; }

    /// <summary>Whether it has not come back in time.</summary>
    public bool TimedOut { get; init; }

    /// <summary>Takes what a factory makes.</summary>
    public static FactoryOutcome Of(Func<MadeObject> make)
    {
        FactoryOutcome outcome = new();
        try
        {
            outcome.Object = make();
        }
        catch (Exception exception)
        {
            outcome.Error = exception;
        }

        return outcome;
    }

    /// <summary>Takes what an asynchronous factory makes.</summary>
    public static async Task<FactoryOutcome> OfAsync(Func<Task<MadeObject>> make)
    {
        FactoryOutcome outcome = new();
        try
        {
            outcome.Object = await make().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            outcome.Error = exception;
        }

        return outcome;
    }
}
