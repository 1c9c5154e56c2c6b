namespace Limpet.TestTargets;

/// <summary>Operation N ends the process with an exit code, 3 unless another is given, unanswered.</summary>
internal sealed class ExitAfterTarget(int last, int exitCode) : Target
{
    public override void Operate(int number)
    {
        if (number == last)
        {
            Environment.Exit(exitCode);
        }
    }
}
