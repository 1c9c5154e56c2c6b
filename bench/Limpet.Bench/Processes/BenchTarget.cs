using System.Diagnostics;
using System.Globalization;

namespace Limpet.Bench.Processes;

/// <summary>A test target with a live heap of known size and a ticker that sees how long the process really stood still.</summary>
internal sealed class BenchTarget : IDisposable
{
    private readonly LineProcess process;

    private BenchTarget(LineProcess process) => this.process = process;

    public int Id => process.Id;

    /// <summary>What it states of itself, by short name of the type.</summary>
    public Dictionary<string, long> Truth { get; } = new(StringComparer.Ordinal);

    public static BenchTarget Start(int objects, string heap = "mixed")
    {
        var target = new BenchTarget(LineProcess.Start(Folders.TargetsDll, ["ticker", objects.ToString(CultureInfo.InvariantCulture), heap]));
        for (string line; (line = target.process.ReadLine()) != "ready";)
        {
            foreach (string[] pair in line.Split(' ').Skip(1).Select(pair => pair.Split('=')))
            {
                target.Truth[pair[0]] = long.Parse(pair[1], CultureInfo.InvariantCulture);
            }
        }

        return target;
    }

    /// <summary>The largest gap between two ticks of one millisecond since this was last asked. Lines of <c>createdump</c>, which writes where the target does, are passed over.</summary>
    public TimeSpan LargestGap(TimeSpan? within = null)
    {
        const string Answer = "gap ";
        string line = process.Ask("gap", within);
        while (!line.StartsWith(Answer, StringComparison.Ordinal))
        {
            line = process.ReadLine(within);
        }

        return TimeSpan.FromMilliseconds(double.Parse(line[Answer.Length..], CultureInfo.InvariantCulture));
    }

    /// <summary>Has the machine ready to hand out three times the memory that this process takes: no measurement of it needs more.</summary>
    public void WarmMachine()
    {
        const int Times = 3;
        using Process target = Process.GetProcessById(Id);
        MachineMemory.Warm(target.WorkingSet64 * Times);
    }

    public void Dispose() => process.Dispose();
}
