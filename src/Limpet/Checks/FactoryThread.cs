using System.Runtime.CompilerServices;

namespace Limpet.Checks;

/// <summary>Calls a factory on a thread that ends with the call: no stack is left that could hold the object.</summary>
internal sealed class FactoryThread<T>(Func<T> factory) : IFactoryCall
    where T : class
{
    public FactoryOutcome Make(TimeSpan timeout)
    {
        FactoryOutcome? outcome = null;
        Thread thread = new(() => outcome = FactoryOutcome.Of(Call)) { IsBackground = true, Name = "limpet factory" };
        thread.Start();
        return thread.Join(timeout) ? outcome! : new FactoryOutcome { TimedOut = true };
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private MadeObject Call() => MadeObject.Of(factory());
}
