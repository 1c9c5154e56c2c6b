namespace Limpet.TestTargets;

/// <summary>Operation N fails fast: the process ends by SIGABRT (exit code 134 in a shell), unanswered.</summary>
internal sealed class CrashAfterTarget(int last) : Target
{
    public override void Operate(int number)
    {
        if (number == last)
        {
            Environment.FailFast($"crash-after: operation {number}");
        }
    }
}
