namespace Limpet.TestTargets;

/// <summary>Each operation takes N milliseconds and then answers. It retains nothing.</summary>
internal sealed class SlowTarget(int milliseconds) : Target
{
    private static readonly ManualResetEventSlim s_never = new();

    public override void Operate(int number) => s_never.Wait(milliseconds);
}
