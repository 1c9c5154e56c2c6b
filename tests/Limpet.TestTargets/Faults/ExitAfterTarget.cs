namespace Limpet.TestTargets;

/// <summary>Operation N ends the process with exit code 3, unanswered.</summary>
internal sealed class ExitAfterTarget(int last) : Target
{
    public override void Operate(int number)
    {
        if (number == last)
        {
            Environment.Exit(3);
        }
    }
}
