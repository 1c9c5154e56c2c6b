namespace Limpet.TestTargets;

/// <summary>Says "ready" and never reads its standard input: no operation is ever answered.</summary>
internal sealed class IgnoreStdinTarget : Target
{
    public override int Run()
    {
        Console.WriteLine("ready");
        Park.Forever();
        return 0;
    }
}
