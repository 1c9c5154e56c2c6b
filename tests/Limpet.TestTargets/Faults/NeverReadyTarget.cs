namespace Limpet.TestTargets;

/// <summary>Runs, and never says that it is ready.</summary>
internal sealed class NeverReadyTarget : Target
{
    public override int Run()
    {
        Console.WriteLine("starting");
        Park.Forever();
        return 0;
    }
}
