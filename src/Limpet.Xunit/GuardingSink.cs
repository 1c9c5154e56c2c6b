using System.Collections.Concurrent;
using Limpet.Guards;
using Limpet.KnownLeaks;
using Xunit.Sdk;

namespace Limpet.Xunit;

/// <summary>Tells the guard what begins and ends: a test before its class is constructed and after it was disposed, a class with its fixtures.</summary>
internal sealed class GuardingSink(LeakGuard guard, IMessageSink next) : IMessageSink
{
    private readonly ConcurrentDictionary<string, (GuardedTest Test, bool Known)> _tests = new();
    private readonly ConcurrentDictionary<string, string> _classes = new();
    private readonly ConcurrentDictionary<string, bool> _failed = new();

    public bool OnMessage(IMessageSinkMessage message)
    {
        bool goOn = true;
        switch (message)
        {
            case ITestClassStarting starting:
                goOn = next.OnMessage(message);
                _classes[starting.TestClassUniqueID ?? ""] = starting.TestClassName;
                guard.BeginClass(starting.TestClassName);
                break;
            case ITestCaseStarting starting:
                goOn = next.OnMessage(message);
                _tests[starting.TestCaseUniqueID] = (new GuardedTest(starting.TestClassName ?? "", starting.TestMethodName), starting.Traits.ContainsKey(TestTraits.KnownLeak));
                break;
            // A case whose tests cannot be made, as when its data does not fit, has failed before it starts, and runs nothing.
            case ITestStarting starting when _tests.TryGetValue(starting.TestCaseUniqueID, out (GuardedTest Test, bool Known) begun):
                goOn = next.OnMessage(message);
                guard.BeginTest(begun.Test);
                break;
            case ITestFailed failed:
                _failed[failed.TestUniqueID] = true;
                goOn = next.OnMessage(message);
                break;
            case ITestFinished finished when _tests.TryGetValue(finished.TestCaseUniqueID, out (GuardedTest Test, bool Known) ended):
                guard.EndTest(ended.Test, _failed.TryRemove(finished.TestUniqueID, out _) || ended.Known);
                goOn = next.OnMessage(message);
                break;
            case ITestCaseFinished finished:
                _tests.TryRemove(finished.TestCaseUniqueID, out _);
                goOn = next.OnMessage(message);
                break;
            case ITestClassFinished finished:
                if (_classes.TryRemove(finished.TestClassUniqueID ?? "", out string? name))
                {
                    guard.EndClass(name);
                }

                goOn = next.OnMessage(message);
                break;
            default:
                goOn = next.OnMessage(message);
                break;
        }

        return goOn;
    }
}
