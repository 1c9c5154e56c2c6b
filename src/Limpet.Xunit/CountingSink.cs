using Xunit.Sdk;

namespace Limpet.Xunit;

/// <summary>Counts tests, and hands messages on when somebody wants them: a reporter keeps each result, and once is enough.</summary>
internal sealed class CountingSink(IMessageSink? next) : IMessageSink
{
    private int _ran;
    private int _failed;

    public int Ran => _ran;

    public int Failed => _failed;

    public bool OnMessage(IMessageSinkMessage message)
    {
        switch (message)
        {
            case ITestPassed:
                Interlocked.Increment(ref _ran);
                break;
            case ITestFailed or IErrorMessage:
                Interlocked.Increment(ref _ran);
                Interlocked.Increment(ref _failed);
                break;
        }

        return next?.OnMessage(message) ?? true;
    }
}
